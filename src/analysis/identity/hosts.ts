// What the name of a host tells: whose cloud it is in, whether it can be reached from elsewhere, which environment it serves.

interface CloudHost {
  readonly suffix: string;
  readonly provider: string;
}

/** By the end of the host name; a longer suffix stands before a shorter one that it ends in. */
const CLOUD_HOSTS: readonly CloudHost[] = [
  { suffix: '.rds.amazonaws.com', provider: 'Amazon RDS' },
  { suffix: '.rds.amazonaws.com.cn', provider: 'Amazon RDS' },
  { suffix: '.redshift.amazonaws.com', provider: 'Amazon Redshift' },
  { suffix: '.cache.amazonaws.com', provider: 'Amazon ElastiCache' },
  { suffix: '.docdb.amazonaws.com', provider: 'Amazon DocumentDB' },
  { suffix: '.amazonaws.com', provider: 'AWS' },
  { suffix: '.database.windows.net', provider: 'Azure SQL' },
  { suffix: '.database.azure.com', provider: 'Azure Database' },
  { suffix: '.mongo.cosmos.azure.com', provider: 'Azure Cosmos DB' },
  { suffix: '.documents.azure.com', provider: 'Azure Cosmos DB' },
  { suffix: '.redis.cache.windows.net', provider: 'Azure Cache for Redis' },
  { suffix: '.servicebus.windows.net', provider: 'Azure Service Bus' },
  { suffix: '.mongodb.net', provider: 'MongoDB Atlas' },
  { suffix: '.neon.tech', provider: 'Neon' },
  { suffix: '.supabase.co', provider: 'Supabase' },
  { suffix: '.supabase.com', provider: 'Supabase' },
  { suffix: '.upstash.io', provider: 'Upstash' },
  { suffix: '.cloud.redislabs.com', provider: 'Redis Cloud' },
  { suffix: '.redis-cloud.com', provider: 'Redis Cloud' },
  { suffix: '.psdb.cloud', provider: 'PlanetScale' },
  { suffix: '.cockroachlabs.cloud', provider: 'CockroachDB Cloud' },
  { suffix: '.snowflakecomputing.com', provider: 'Snowflake' },
  { suffix: '.clickhouse.cloud', provider: 'ClickHouse Cloud' },
  { suffix: '.confluent.cloud', provider: 'Confluent Cloud' },
  { suffix: '.aivencloud.com', provider: 'Aiven' },
  { suffix: '.db.ondigitalocean.com', provider: 'DigitalOcean' },
  { suffix: '.cloudamqp.com', provider: 'CloudAMQP' },
  { suffix: '.rlwy.net', provider: 'Railway' },
  { suffix: '.render.com', provider: 'Render' },
];

/** The cloud that a host belongs to, by its domain. */
export function cloudOf(host: string): string | undefined {
  const lower = host.toLowerCase();
  return CLOUD_HOSTS.find(({ suffix }) => lower.endsWith(suffix))?.provider;
}

/** Source: RFC 1918, RFC 3927, RFC 4193, RFC 6762, RFC 6598, RFC 8375; names of containers and clusters by custom. */
const REACHES: readonly { readonly pattern: RegExp; readonly note: string }[] = [
  {
    pattern: /^(?:localhost|127(?:\.\d{1,3}){3}|::1|0\.0\.0\.0|host\.docker\.internal)$/i,
    note: 'its host is this machine (localhost)',
  },
  {
    pattern:
      /^(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}|169\.254(?:\.\d{1,3}){2}|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])(?:\.\d{1,3}){2}|f[cd][0-9a-f]{2}:[0-9a-f:]{0,40})$/i,
    note: 'its host is in a private network',
  },
  {
    pattern: /\.(?:local|internal|intranet|corp|lan|home\.arpa|localdomain|svc)$/i,
    note: 'its host is in a private network',
  },
  { pattern: /^[a-z0-9_-]{1,63}$/i, note: 'its host has a local name, such as that of a container' },
];

/** Says when a host cannot be reached from everywhere; undefined for public names and addresses. */
export function describeReach(host: string): string | undefined {
  return REACHES.find(({ pattern }) => pattern.test(host))?.note;
}

const ENVIRONMENTS: Readonly<Record<string, string>> = {
  prod: 'production',
  production: 'production',
  prd: 'production',
  live: 'production',
  staging: 'staging',
  stage: 'staging',
  stg: 'staging',
  preprod: 'staging',
  dev: 'development',
  development: 'development',
  test: 'test',
  testing: 'test',
  qa: 'test',
  uat: 'test',
  sandbox: 'sandbox',
  sbx: 'sandbox',
};

/** The environment that a word of the name says, such as `db-prod-1`; the first such word decides. */
export function environmentOf(name: string): string | undefined {
  const word = name
    .toLowerCase()
    .split(/[^a-z]+/, 40)
    .find((part) => Object.hasOwn(ENVIRONMENTS, part));
  return word === undefined ? undefined : ENVIRONMENTS[word];
}

/** The same for a host, whose top-level domain (`.dev`, `.live`) says nothing. */
export function environmentOfHost(host: string): string | undefined {
  return environmentOf(host.replace(/\.[^.]*$/, ''));
}
