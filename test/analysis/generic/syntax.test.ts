// Assignments in every syntax are found with their exact value; what is no literal is not.
import { describe, expect, it } from 'vitest';
import { invent, scanLine } from './scan-line.ts';

const VALUE = invent('<alnum:24>');

describe('a credential is found', () => {
  it.each([
    ['Python', 'src/a.py', `db_password = "$"`],
    ['typed declaration', 'src/a.ts', `const dbPassword: string = '$';`],
    ['untyped declaration', 'src/a.go', `apiToken := "$"`],
    ['typed declaration of Go', 'src/a.go', `var dbPassword string = "$"`],
    ['bytes of Go', 'src/a.go', `jwtSecret := []byte("$")`],
    ['struct tag of Go', 'src/a.go', `Password string \`env:"DB_PASSWORD" envDefault:"$"\``],
    ['constant of Rust', 'src/a.rs', `const API_KEY: &str = "$";`],
    ['array of C', 'src/a.c', `static const char api_key[] = "$";`],
    ['string of Objective-C', 'src/a.m', `#define API_SECRET @"$"`],
    ['property of C#', 'src/A.cs', `public string Password { get; set; } = "$";`],
    ['optional type', 'src/a.swift', `let apiToken: String? = "$"`],
    ['fallback of Kotlin', 'src/a.kt', `val t = System.getenv("API_TOKEN") ?: "$"`],
    ['fallback of C#', 'src/A.cs', `var t = Environment.GetEnvironmentVariable("API_TOKEN") ?? "$";`],
    ['default of a field', 'src/a.py', `db_password: str = Field(default="$")`],
    ['default of an option', 'src/a.py', `parser.add_argument("--password", default="$")`],
    ['quotes within quotes', 'build.gradle', `buildConfigField("String", "API_KEY", "\\"$\\"")`],
    ['assignment of R', 'src/a.R', `api_key <- "$"`],
    ['conditional assignment of make', 'Makefile', `DB_PASSWORD ?= $`],
    ['national string of SQL', 'init.sql', `CREATE LOGIN app WITH PASSWORD = N'$';`],
    ['wide string of C++', 'src/a.cpp', `const wchar_t* password = L"$";`],
    ['token header', 'run.sh', `curl -H "Authorization: token $" https://example.com/`],
    ['dictionary', 'src/a.py', `config = {'user': 'app', 'password': '$'}`],
    ['keyword argument', 'src/a.py', `connect(host="db", password="$")`],
    ['setter', 'src/A.java', `client.setPassword("$");`],
    ['wrapped in a call', 'src/a.kt', `val password = StringValue("$")`],
    ['comparison', 'src/a.rb', `raise unless token == "$"`],
    ['hash rocket', 'src/a.rb', `:client_secret => '$',`],
    ['PHP array', 'src/a.php', `'password' => '$',`],
    ['JSON', 'config/app.json', `{"clientSecret": "$"}`],
    ['JSON in a string', 'src/a.js', `const body = "{\\"access_token\\":\\"$\\"}";`],
    ['YAML', 'config/app.yml', `password: $`],
    ['YAML, quoted', 'config/app.yml', `  api_key: '$'`],
    ['TOML', 'config/app.toml', `secret_key = "$"`],
    ['properties', 'app.properties', `spring.datasource.password=$`],
    ['dotenv', '.env', `DB_PASSWORD=$`],
    ['exported', 'run.sh', `export API_TOKEN="$"`],
    ['commented', '.env', `# DB_PASSWORD=$`],
    ['XML element', 'config.xml', `<password>$</password>`],
    ['XML attribute', 'config.xml', `<add name="db" password="$" />`],
    ['HCL', 'main.tf', `  password             = "$"`],
    ['SQL', 'init.sql', `CREATE USER app WITH PASSWORD '$';`],
    ['SQL, MySQL', 'init.sql', `CREATE USER 'app'@'localhost' IDENTIFIED BY '$';`],
    ['command-line flag', 'run.sh', `mysqldump --user=app --password=$ shop`],
    ['command-line argument', 'README.md', `nats server req --user admin --password $ --leader`],
    ['command line', 'run.sh', `mysqldump --user app --password $ shop`],
    ['header', 'run.sh', `curl -H "X-Api-Key: $" https://example.com/`],
    ['URL', '.env', `CAMERA_STREAM=rtsp://app:$@camera.example.com/live`],
    ['URL whose user is an address', '.env', `MAIL=smtps://app@example.com:$@smtp.example.com:465`],
    ['command that is substituted', 'run.sh', 'R=`curl -H "X-Api-Key: $" https://example.com/`'],
    ['code in a document', 'README.md', 'Use `kubectl create secret generic app --password=$ --dry-run`'],
    ['query', 'README.md', `https://example.com/apply?token=$&page=2`],
    ['name and value apart', 'task.json', `{"name": "password", "value": "$"}`],
  ])('in %s', (_, path, template) => {
    const found = scanLine(template.replace('$', VALUE), path);
    expect(found.map(({ secret }) => secret)).toEqual([VALUE]);
  });

  it('as user and password in base64', () => {
    const pair = invent('<base64:<lower:6>:<alnum:13>>');
    const found = scanLine(`send("Basic ${pair}")`, 'README.md');
    expect(found.map(({ ruleId, secret }) => [ruleId, secret])).toEqual([
      ['generic-authorization-header', pair],
    ]);
  });
});

describe('a password that a person chose is found', () => {
  const joined = ['Summer', 'Garden', 2021].join('');
  it.each([
    joined,
    `${joined}!`,
    ['correct', 'horse', 'battery', 'staple'].join('-'),
    ['tr0ub', '4dor&', 3].join(''),
  ])('such as number %#', (value) => {
    expect(scanLine(`DB_PASSWORD=${value}`, '.env').map(({ secret }) => secret)).toEqual([value]);
  });
});

describe('nothing is found', () => {
  it.each([
    ['a reference to the environment', 'src/a.py', `password = os.environ["DB_PASSWORD"]`],
    ['a variable of the shell', 'run.sh', `DB_PASSWORD=$DB_PASSWORD_PROD`],
    [
      'what a command prints',
      'run.sh',
      'DB_PASSWORD=$(gcloud secrets versions access 1 --secret=app-password)',
    ],
    ['a template', 'chart.yaml', `password: {{ .Values.password }}`],
    ['a hole', 'docs/a.md', `api_key: <alnum:20>`],
    ['marks', 'docs/a.md', `token: «your token»`],
    ['a call', 'src/a.js', `const token = getToken(user)`],
    ['an identifier', 'src/a.go', `Token: keyToken,`],
    ['a member', 'src/a.js', `token: this.props.token,`],
    ['a type', 'src/a.ts', `password: string;`],
    ['its own name', 'src/a.py', `PASSWORD = "password"`],
    ['a path', 'app.yml', `private_key: /etc/ssl/private/app.key`],
    ['a URL', 'src/a.py', `token_url = "https://example.com/oauth/token"`],
    ['a label', 'src/a.json', `{"FORGOT_PASSWORD": "Have you forgotten your password?"}`],
    ['a format', 'src/a.c', `printf("key: %016llx", key);`],
    ['a regular expression', 'src/a.js', `const tokenPattern = "^\\\\s*([^=]+)$";`],
    ['a public key', 'a.json', `{"key": "ssh-rsa AAAA${invent('<alnum:60>')}"}`],
    ['the result of a test', 'run.sh', `echo "PASS: vxlan"`],
    ['a format with a pointer', 'src/a.c', `return force_token("\\" vif:%p(%d)\\" ", tok);`],
    ['what only ends a line', 'src/a.go', `send("pass\\":\\"}\\r\\n")`],
    [
      'the constant of web sockets',
      'src/a.go',
      `var keyGUID = []byte("258EAFA5-E914-47DA-95CA-${'C5AB0DC85B11'}")`,
    ],
    ['a word of a translation', 'i18n/de.json', `{"secret": "Geheimnis"}`],
    ['a colour', 'src/a.py', `token = "#A3AAB2"`],
    ['a date', 'a.yml', `token_date: 2024-01-02`],
    ['a lookalike name', 'src/a.py', `tokenizer = "${VALUE}"`],
    ['a name about it', 'src/a.py', `secret_name = "${VALUE}"`],
    ['a lock file', 'package-lock.json', `"key": "${VALUE}"`],
    ['a prose word after Basic', 'README.md', `Use Basic authentication for this.`],
  ])('for %s', (_, path, text) => {
    expect(scanLine(text, path)).toEqual([]);
  });
});

it('the features that decided can be named', () => {
  const [finding] = scanLine(`DB_PASSWORD=${VALUE}`, '.env');
  expect(finding!.notes.join()).toMatch(/its score is 0\.\d\d: .+[+−]\d/);
});
