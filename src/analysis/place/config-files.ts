// Files in which applications, package managers, command-line tools and editors keep their settings.

export const PACKAGE_MANAGER_FILES = `
.npmrc npmrc .yarnrc .yarnrc.{yml,yaml} bunfig.toml .pnpmfile.{js,cjs} pnpm-workspace.yaml package.json package-lock.json npm-shrinkwrap.json yarn.lock
pnpm-lock.yaml bun.lock bun.lockb deno.json deno.jsonc deno.lock jsr.json .yarn/**
.pypirc pip.conf pip.ini poetry.toml poetry.lock auth.toml uv.toml uv.lock .condarc environment.{yml,yaml} requirements*.txt constraints*.txt
pipfile pipfile.lock pyproject.toml setup.cfg setup.py pdm.lock pixi.toml tox.ini
.m2/** settings-security.xml settings.xml pom.xml build.gradle build.gradle.kts settings.gradle settings.gradle.kts gradle.properties init.gradle
init.gradle.kts .gradle/** gradle/** build.sbt .sbt/** .ivy2/** ivysettings.xml ivy.xml .lein/** project.clj deps.edn
nuget.config packages.config *.nuspec directory.packages.props paket.* *.csproj
.cargo/** cargo.toml cargo.lock .gem/** .bundle/** gemfile gemfile.lock gems.rb *.gemspec .gemrc
composer.json composer.lock .composer/** auth.json .hex/** mix.lock rebar.config .pub-cache/** pubspec.{yaml,lock} podfile podfile.lock cartfile
package.resolved package.swift conan/** .conan/** .conan2/** conanfile.* vcpkg*.json helm/registry/config.json .opam/** *.opam cabal/config *.cabal stack.yaml
go.mod go.sum go.work gopkg.* glide.* flake.lock brewfile .jfrog/** artifactory*.{json,yml,yaml,properties} .pip/** .twine/**
`;

export const CONFIG_FILES = `
.env .env.* *.env .envrc .flaskenv env.{js,ts,sh,php,py,json} .environment
config.{json,json5,yml,yaml,toml,ini,js,cjs,mjs,ts,php,py,rb,xml,conf,cfg,properties} *.config.{js,ts,cjs,mjs,json,php,yml,yaml}
settings.{py,json,ini,php,yml,yaml,toml,xml,properties} local_settings.py settings_*.py *_settings.py secrets.{json,yml,yaml,toml,ini,py,js,ts,properties,env,txt}
secret.{json,toml,ini,py,js,ts,properties,txt} credentials credentials.{json,yml,yaml,toml,ini,txt,properties}
.streamlit/** appsettings*.json web*.config app*.config *.exe.config connectionstrings*.config launchsettings.json *.pubxml *.pubxml.user
*.publishsettings application*.{yml,yaml,properties,conf} bootstrap*.{yml,yaml,properties} *.properties hibernate*.{cfg.xml,xml}
persistence.xml context.xml server.xml tomcat-users.xml standalone*.xml domain.xml log4j2*.{xml,properties,yml} logback*.xml database.{yml,yaml,json,php}
storage.yml cable.yml master.key config/credentials/** *.yml.enc *.secret.exs runtime.exs prod.exs wp-config*.php configuration.php
settings.php local.php env.php parameters.{yml,yaml,php} localsettings.php config.inc.php schema.prisma ormconfig.* knexfile.* sequelize*.json
alembic.ini airflow.cfg superset_config.py profiles.{yml,yaml} odbc.ini odbcinst.ini tnsnames.ora jdbc.properties mongod.conf redis*.conf
rabbitmq*.{conf,config} pg_service.conf .pg_service.conf .pgpass pgpass.conf userlist.txt pgbouncer*.ini my.cnf .my.cnf .mylogin.cnf
sftp-config.json .ftpconfig sftp.json filezilla*.xml sitemanager.xml recentservers.xml winscp.ini robomongo.json robo3t.json .s3cfg .boto
rclone.conf .rclone.conf .passwd-s3fs .cfgsecrets .htpasswd .netrc _netrc .git-credentials .gitconfig .gitmodules .hgrc .svn/** .curlrc
.wgetrc .muttrc muttrc msmtprc .msmtprc .fetchmailrc .offlineimaprc .irssi/** .pam_environment sendgrid.env *.toml *.ini *.conf *.cfg *.cnf
.aws/** accesskeys.csv *_accesskeys.csv *_accesskey.csv rootkey.csv credentials.csv application_default_credentials.json credentials.db access_tokens.db
legacy_credentials/** *service-account*.json *service_account*.json *serviceaccount*.json client_secret*.json *.p12 *.pfx *.jks *.keystore .azure/** *.azureauth .oci/** .aliyun/** .tccli/**
.config/** .bluemix/** .fly/** .snowflake/** .snowsql/** .databrickscfg .dbt/** .vault-token .kaggle/** kaggle.json .huggingface/**
.cache/huggingface/** .comet.config .openai/** .openai .anthropic/** .anthropic .twilio-cli/** .sentryclirc sentry.properties .travis/config.yml
.supabase/** .appcenter/** .exoscale/** .ngrok2/** ngrok*.yml .cloudflared/** .wrangler/** keystore.properties local.properties signing.properties
google-services.json googleservice-info.plist *.plist strings.xml androidmanifest.xml *.mobileprovision *.p8 *.xcconfig eas.json
app.config.{js,ts} capacitor.config.* manifest.json firebaseconfig.* *.entitlements
.idea/** .vscode/** .vs/** .fleet/** *.code-workspace credentials-config.json data-sources.json connections.xml *.ncx .sqltools* .dbclient* confcons.xml
*.remmina .ssh/** id_rsa* id_dsa* id_ecdsa* id_ed25519* *.pem *.ppk *.key *_rsa *_ed25519 deploy_key* authorized_keys known_hosts *.asc *.gpg *.age *.kdbx keys.txt
http-client*.env.json bruno.json .thunder-client/** .editorconfig .git/config
`;
