// The place of a file whose name says nothing, by the beginning of its content.
import type { Place } from '../../model/finding.ts';

/** Longer beginnings are not looked at. */
const MAX_HEAD_LENGTH = 4096;

/** In order; the first that fits decides. Every pattern is anchored to a line or a literal, so none runs long. */
const SIGNS: readonly (readonly [Place, RegExp])[] = [
  [
    'ci',
    /^[ "]{0,4}apiVersion["']?: {0,4}["']?(?:[\w.-]{0,40}\.)?(?:tekton\.dev|argoproj\.io|fluxcd\.io|toolkit\.fluxcd\.io)\//m,
  ],
  ['ci', /argocd\.argoproj\.io\/secret-type/],
  ['ci', /^jobs:[ \t]{0,8}\n[\s\S]{0,3000}(?:runs-on|steps|docker|executor):/m],
  [
    'ci',
    /^(?:stages|pipeline|pipelines|workflows|image|before_script):[^\n]{0,80}\n[\s\S]{0,2000}^ {0,6}(?:- )?(?:script|steps?|jobs?):/m,
  ],
  ['ai-agent', /"(?:mcpServers|context_servers)"[ \t]{0,4}:/],
  [
    'iac',
    /^[ "]{0,4}apiVersion["']?: {0,4}\S[\s\S]{0,2000}^[ "]{0,4}kind["']?: {0,4}\S|^[ "]{0,4}kind["']?: {0,4}\S[\s\S]{0,2000}^[ "]{0,4}apiVersion["']?: /m,
  ],
  ['iac', /AWSTemplateFormatVersion|"Type"[ ]{0,4}:[ ]{0,4}"AWS::|Type: {0,4}["']?AWS::/],
  ['iac', /\/deploymentTemplate\.json|\/deploymentParameters\.json/],
  ['iac', /^- (?:name: [^\n]{0,200}\n {2})?hosts: /m],
  ['iac', /^\$ANSIBLE_VAULT;|^#cloud-config|^"?terraform_version"?:|"terraform_version"/m],
  ['container', /^services:[ \t]{0,8}\n[\s\S]{0,2000}^ {2,8}(?:image|build|container_name):/m],
  ['notebook', /"nbformat"[ ]{0,4}:/],
  ['data', /"log"[ ]{0,4}:[ ]{0,4}\{\s{0,8}"version"[ ]{0,4}:|"_postman_id"|schema\.getpostman\.com/],
  ['code', /^#!/],
];

/** Looks at the first few kilobytes. */
export function placeOfContent(head: string): Place | undefined {
  const text = head.slice(0, MAX_HEAD_LENGTH);
  return SIGNS.find(([, pattern]) => pattern.test(text))?.[0];
}
