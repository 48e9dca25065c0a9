// Every example and negative of references/*.yaml, through the classification that a scan uses.
import { describe, expect, it } from 'vitest';
import { createReferenceCatalogue } from '../../../src/analysis/storage/reference-index.ts';
import type { StorageState } from '../../../src/model/finding.ts';
import { REFERENCE_STATES } from '../../../src/model/reference.ts';
import { CATALOGUE, classifyText, expandSample, standOf } from './catalogue.ts';

const ROUNDS = 5;
const WHOLE = createReferenceCatalogue(CATALOGUE.map(({ entry }) => entry));
const NOTHING = createReferenceCatalogue([]);

describe.each(CATALOGUE.map((documented) => [documented.entry.id, documented] as const))(
  '%s',
  (id, documented) => {
    const { entry, examples, negatives } = documented;
    const alone = createReferenceCatalogue([entry]);
    const stand = standOf(entry);
    const expand = (sample: string): string[] =>
      Array.from({ length: ROUNDS }, (_, round) => expandSample(sample, `${id} ${round}`));

    it.each(examples)('names %s', (example) => {
      const wrong = expand(example).filter((text) => {
        const state = classifyText(text, stand, alone)?.state;
        return state !== entry.state && state !== 'hardcoded-fallback';
      });
      expect(wrong).toEqual([]);
    });

    // Beside a default of its own, only the default counts; else a stronger state may win.
    it.each(examples)('is not taken for something weaker among all the others: %s', (example) => {
      const wrong = expand(example).filter((text) => {
        const isFallback = classifyText(text, stand, alone)?.state === 'hardcoded-fallback';
        const allowed: readonly StorageState[] = isFallback
          ? ['hardcoded-fallback']
          : REFERENCE_STATES.slice(0, REFERENCE_STATES.indexOf(entry.state) + 1);
        const state = classifyText(text, stand, WHOLE)?.state;
        return state === undefined || !allowed.includes(state);
      });
      expect(wrong).toEqual([]);
    });

    it.each(negatives)('leaves %s', (negative) => {
      const answers = expand(negative).map((text) => classifyText(text, stand, alone));
      expect(answers).toEqual(expand(negative).map((text) => classifyText(text, stand, NOTHING)));
    });
  },
);

/** Rows of the published lists of managers, platforms, infrastructure and languages, each with entries of ours. */
const ROWS: Readonly<Record<string, readonly string[]>> = {
  managers: [
    'vault-',
    'aws-',
    'gcp-',
    'azure-',
    'kubernetes-',
    'sops-',
    'age-',
    'git-crypt-',
    'openssl-salted',
    'ansible-vault-',
    'rails-',
    'ejson-',
    'dotenvx-',
    'eyaml-',
    'chef-',
    'jasypt-',
    'spring-cipher',
    'maven-',
    'jenkins-',
    'pulumi-',
    'onepassword-',
    'bitwarden-',
    'doppler-',
    'infisical-',
    'akeyless-',
    'conjur-',
    'keeper-',
    'chamber-',
    'keychain-',
    'vals-',
    'helm-s',
    'chezmoi-',
    'nix-',
    'delinea-',
    'ibm-',
    'oracle-',
    'alibaba-',
  ],
  ci: [
    'github-',
    'gitlab-',
    'circleci-',
    'azure-pipelines-',
    'jenkins-credentials-',
    'bitbucket-',
    'buildkite-',
    'drone-',
    'travis-',
    'appveyor-',
    'concourse-',
    'teamcity-',
    'gocd-',
    'bamboo-',
    'spinnaker-',
    'harness-',
    'cloud-build-',
    'aws-codebuild-',
    'semaphore-',
    'codefresh-',
    'cirrus-',
    'codemagic-',
    'netlify-vercel-',
    'render-heroku-',
  ],
  containers: [
    'docker-build-secret',
    'docker-file-variable',
    'terraform-',
    'crossplane-',
    'vagrant-packer-',
    'ansible-',
  ],
  languages: [
    'js-',
    'python-',
    'jvm-',
    'go-',
    'ruby-',
    'php-',
    'dotnet-',
    'rust-',
    'swift-',
    'dart-',
    'elixir-',
    'erlang-',
    'shell-',
    'powershell-',
    'r-environment',
    'perl-',
    'environment-interpolation',
  ],
};

describe.each(Object.entries(ROWS))('the catalogue of %s', (_, rows) => {
  it.each(rows)('has %s', (row) => {
    expect(
      CATALOGUE.filter(({ entry, examples }) => entry.id.startsWith(row) && examples.length > 0),
    ).not.toEqual([]);
  });
});
