/**
 * The public API: lint a repository, read its documents, know the rules. Everything here is data in and data out; the
 * command line is a thin shell over it.
 */
export { RULES } from '../rules/registry.ts';
export type { Facts } from './model/facts.ts';
export type { Finding, Fix, Severity, Violation } from './model/finding.ts';
export type { Place } from './model/place.ts';
export type { Rule, RuleContext } from './model/rule.ts';
export { UserError } from './model/user-error.ts';
export type { GivenText } from './pipeline/document-set.ts';
export { type LintRequest, lint } from './pipeline/lint.ts';
export type { Surroundings } from './pipeline/workspace.ts';
export { json as jsonReport } from './reporters/json.ts';
export type { Report } from './reporters/report.ts';
