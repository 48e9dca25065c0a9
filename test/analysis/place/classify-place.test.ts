// Places by name and by content, as a table.
import { describe, expect, it } from 'vitest';
import { classifyPlace } from '../../../src/analysis/place/classify-place.ts';
import type { Place } from '../../../src/model/finding.ts';

const BY_NAME: Readonly<Record<Place, readonly string[]>> = {
  ci: [
    '.github/workflows/ci.yml',
    '.github/workflows/release.yaml',
    'action.yml',
    '.github/dependabot.yml',
    '.gitlab-ci.yml',
    'ci/build.gitlab-ci.yml',
    '.circleci/config.yml',
    '.travis.yml',
    'Jenkinsfile',
    'jenkins/build.groovy',
    'azure-pipelines.yml',
    'bitbucket-pipelines.yml',
    '.buildkite/pipeline.yml',
    '.drone.yml',
    '.woodpecker.yml',
    '.woodpecker/build.yml',
    '.teamcity/settings.kts',
    'appveyor.yml',
    '.cirrus.yml',
    'codemagic.yaml',
    'bitrise.yml',
    'cloudbuild.yaml',
    'buildspec.yml',
    'netlify.toml',
    'vercel.json',
    'render.yaml',
    'fly.toml',
    'Makefile',
    '.goreleaser.yml',
  ],
  container: [
    'Dockerfile',
    'docker/Dockerfile.prod',
    'docker-compose.yml',
    'compose.override.yaml',
    'Containerfile',
  ],
  iac: [
    'main.tf',
    'prod.tfvars',
    'terraform.tfstate',
    'Pulumi.prod.yaml',
    'main.bicep',
    'group_vars/all.yml',
    'playbook.yml',
    'values.yaml',
    'kustomization.yaml',
    'k8s/deployment.yaml',
    'kubeconfig',
    'prometheus.yml',
    'nginx.conf',
  ],
  'package-manager': [
    '.npmrc',
    '.pypirc',
    'nuget.config',
    '.cargo/credentials.toml',
    '.m2/settings.xml',
    'pip.conf',
  ],
  'ai-agent': [
    '.mcp.json',
    '.cursor/mcp.json',
    '.claude/settings.json',
    'claude_desktop_config.json',
    '.codex/config.toml',
    'AGENTS.md',
  ],
  notebook: ['analysis.ipynb', 'report.Rmd'],
  docs: ['README.md', 'docs/setup.yaml', 'examples/app.py', 'CHANGELOG.md'],
  test: [
    'test/app.test.ts',
    'src/__tests__/a.ts',
    'spec/models/user_spec.rb',
    'AppTest.java',
    'fixtures/a.json',
  ],
  history: ['.bash_history', 'build.log', 'fish_history'],
  data: ['dump.sql', 'users.csv', 'session.har', 'api.postman_collection.json', 'notes.txt'],
  config: [
    '.env',
    '.env.production',
    'appsettings.json',
    'application.yml',
    'config/database.yml',
    'web.config',
    'app.properties',
  ],
  code: ['src/app.ts', 'main.go', 'lib/run.sh', 'App.java', 'index.html'],
};

describe.each(Object.entries(BY_NAME))('%s', (place, paths) => {
  it.each(paths)('is the place of %s', (path) => {
    expect(classifyPlace(path, () => '')).toBe(place);
  });
});

describe('a copy', () => {
  it.each([
    ['.env.bak', 'config'],
    ['main.tf.orig', 'iac'],
    ['Dockerfile.old', 'container'],
    ['.npmrc~', 'package-manager'],
  ])('%s has the place of its original', (path, place) => {
    expect(classifyPlace(path)).toBe(place);
  });
});

describe('content', () => {
  it.each([
    ['apiVersion: v1\nkind: Secret\ndata:\n  password: x\n', 'deploy/thing.yaml', 'iac'],
    ['kind: ConfigMap\napiVersion: v1\n', 'thing.yml', 'iac'],
    ['{\n  "apiVersion": "v1",\n  "kind": "Secret"\n}', 'thing.json', 'iac'],
    ['apiVersion: tekton.dev/v1\nkind: Task\n', 'thing.yaml', 'ci'],
    ['apiVersion: argoproj.io/v1alpha1\nkind: Application\n', 'thing.yaml', 'ci'],
    ['services:\n  db:\n    image: postgres\n', 'stack.yml', 'container'],
    ['AWSTemplateFormatVersion: "2010-09-09"\n', 'thing.yaml', 'iac'],
    ['- hosts: all\n  tasks: []\n', 'site-x.yml', 'iac'],
    ['$ANSIBLE_VAULT;1.1;AES256\n', 'x.yml', 'iac'],
    ['{"mcpServers": {}}', 'thing.json', 'ai-agent'],
    ['jobs:\n  a:\n    runs-on: ubuntu-latest\n', 'thing.yml', 'ci'],
    ['#!/bin/sh\necho\n', 'deploy', 'code'],
    ['a: 1\n', 'thing.yaml', 'config'],
  ])('decides where the name does not: %j', (head, path, place) => {
    expect(classifyPlace(path, () => head)).toBe(place);
  });

  it('is not asked for where the name decides', () => {
    let asked = 0;
    const head = (): string => {
      asked++;
      return '';
    };
    for (const path of ['.github/workflows/ci.yml', 'src/app.ts', 'Dockerfile']) classifyPlace(path, head);
    expect(asked).toBe(0);
  });
});
