// Files of CI/CD systems, of release tools, and of platforms that build and run what they are given.

export const CI_FILES = `
.github/workflows/*.{yml,yaml} action.{yml,yaml} .github/actions/**/*.{yml,yaml} .github/dependabot.{yml,yaml}
.github/**/*.{yml,yaml} .gitea/workflows/** .forgejo/workflows/**
.gitlab-ci.{yml,yaml} .gitlab/**/*.{yml,yaml} *.gitlab-ci.{yml,yaml} .gitlab-ci/**/*.{yml,yaml}
.gitlab/agents/**/config.yaml .gitlab-runner/config.toml gitlab-runner/config.toml
.circleci/**
.travis.{yml,yaml} .travis/**
jenkinsfile* *.jenkinsfile jenkins/**/*.{groovy,xml,yml,yaml} jenkins*.{yml,yaml} casc*.{yml,yaml} casc_configs/**
jobs/**/config.xml credentials.xml hudson.util.secret secrets/master.key hudson.*.xml com.cloudbees.*.xml
azure-pipelines*.{yml,yaml} azure-pipeline*.{yml,yaml} .azure-pipelines/** azure-pipelines/** .azuredevops/** .vsts-ci.yml
pipelines/*.{yml,yaml} .pipelines/**/*.{yml,yaml} *.pipeline.{yml,yaml} pipeline.{yml,yaml}
bitbucket-pipelines.{yml,yaml}
.buildkite/** buildkite-agent.cfg buildkite*.{yml,yaml}
.drone.{yml,yaml,jsonnet,star} .drone/** .woodpecker.{yml,yaml} .woodpecker/**
.teamcity/** project-config.xml
bamboo-specs/** bamboo.{yml,yaml}
appveyor.{yml,yaml} .appveyor.{yml,yaml} .cirrus.{yml,yaml,star} codemagic.{yml,yaml} bitrise.{yml,yaml}
.bitrise.secrets.{yml,yaml} .semaphore/** wercker.{yml,yaml} codeship-services.{yml,yaml} codeship-steps.{yml,yaml} codeship.aes
codeship.env* .shippable.yml shippable.yml .scrutinizer.yml .styleci.yml .codeclimate.yml codecov.{yml,yaml} .codecov.{yml,yaml}
ci/**/*.{yml,yaml,sh,json,toml} .ci/** concourse/** pipeline*.{yml,yaml}
tekton/** .tekton/** argocd/** argo-cd/** argo/** argo-apps/** argo-workflows/** argo-rollouts/** argo-events/** flux/**/*.{yml,yaml} flux-system/** fluxcd/** clusters/**/*.{yml,yaml}
.hal/** halconfig/** *-local.{yml,yaml} .harness/** codefresh*.{yml,yaml} .codefresh/** *.gocd.{yaml,yml,json} *.gopipeline.json
cloudbuild*.{yaml,yml,json} buildspec*.{yml,yaml} codepipeline*.{json,yml,yaml} appspec.{yml,yaml,json} amplify.{yml,yaml}
amplify/**/team-provider-info.json samconfig.toml .chalice/** zappa_settings.{json,yml,toml,py} skaffold*.{yml,yaml} .copilot/** copilot/**/manifest.{yml,yaml}
.elasticbeanstalk/** .ebextensions/** dockerrun.aws.json
.goreleaser.{yml,yaml} goreleaser.{yml,yaml} fastlane/** fastfile appfile matchfile gymfile .releaserc* release.config.{js,cjs,mjs,ts} lerna.json .changeset/config.json
makefile gnumakefile *.mk justfile .justfile taskfile.{yml,yaml} taskfile.dist.{yml,yaml} rakefile magefile.go build.xml dangerfile earthfile dagger.json
.pre-commit-config.{yml,yaml} lefthook.{yml,yaml} .husky/** .githooks/** renovate.json renovate.json5 .renovaterc* .mergify.yml
turbo.json nx.json sonar-project.properties .sonarcloud.properties screwdriver.yaml .cds/** .builds/**/*.yml .build.yml zuul.d/** .zuul.yaml
`;

/** Their names are common, so the tables of infrastructure come first. */
export const PLATFORM_FILES = `
netlify.toml .netlify/** vercel.json .vercel/** now.json render.{yaml,yml} fly.toml fly.*.toml app.json procfile heroku.{yml,yaml}
railway.{toml,json} project.toml app.{yaml,yml} wrangler.{toml,json,jsonc} .dev.vars* firebase.json .firebaserc .runtimeconfig.json
supabase/config.toml convex.json staticwebapp.config.json local.settings.json host.json manifest.{yml,yaml} vars.{yml,yaml}
deploy.{sh,yml,yaml} deploy/*.sh scripts/deploy*.sh .platform.app.yaml .platform/** .do/** .deployment nixpacks.toml apprunner.yaml
dokku*.yml captain-definition
`;
