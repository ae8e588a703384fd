import type { Rule } from '../src/model/rule.ts';
import baselineGrown from './baseline-grown.ts';
import baselineOutdated from './baseline-outdated.ts';
import boardArtifact from './board-artifact.ts';
import boardSchema from './board-schema.ts';
import codePath from './code-path.ts';
import documentLimit from './document-limit.ts';
import duplicateSection from './duplicate-section.ts';
import emptySection from './empty-section.ts';
import exitCriteria from './exit-criteria.ts';
import exitCriteriaComplete from './exit-criteria-complete.ts';
import exitCriteriaTrue from './exit-criteria-true.ts';
import exitCriteriaWaiver from './exit-criteria-waiver.ts';
import fileLocation from './file-location.ts';
import fileName from './file-name.ts';
import frontmatterRequired from './frontmatter-required.ts';
import frontmatterSchema from './frontmatter-schema.ts';
import frontmatterSyntax from './frontmatter-syntax.ts';
import frozenContent from './frozen-content.ts';
import idChanged from './id-changed.ts';
import idFormat from './id-format.ts';
import idReused from './id-reused.ts';
import idTaken from './id-taken.ts';
import internalError from './internal-error.ts';
import linkTarget from './link-target.ts';
import placeholder from './placeholder.ts';
import relationAlias from './relation-alias.ts';
import relationCount from './relation-count.ts';
import relationCycle from './relation-cycle.ts';
import relationDuplicate from './relation-duplicate.ts';
import relationExists from './relation-exists.ts';
import relationFormerId from './relation-former-id.ts';
import relationMentioned from './relation-mentioned.ts';
import relationReciprocal from './relation-reciprocal.ts';
import relationSelf from './relation-self.ts';
import relationStatus from './relation-status.ts';
import relationType from './relation-type.ts';
import requiredRelations from './required-relations.ts';
import requiredSections from './required-sections.ts';
import sectionOrder from './section-order.ts';
import statusTransition from './status-transition.ts';
import taskClaimed from './task-claimed.ts';
import taskExists from './task-exists.ts';
import taskLinked from './task-linked.ts';
import taskStatus from './task-status.ts';
import titleHeading from './title-heading.ts';
import uniqueId from './unique-id.ts';
import unknownDirective from './unknown-directive.ts';
import unknownType from './unknown-type.ts';
import unreadableDocument from './unreadable-document.ts';
import unusedDirective from './unused-directive.ts';
import workflowCommands from './workflow-commands.ts';
import workflowProduces from './workflow-produces.ts';
import workflowRelations from './workflow-relations.ts';
import workflowTemplate from './workflow-template.ts';

/** Every rule, in the order of docs/rules/README.md. A test holds this list, the files and the pages together. */
export const RULES: readonly Rule[] = [
  frontmatterRequired,
  frontmatterSyntax,
  frontmatterSchema,
  idFormat,
  fileName,
  fileLocation,
  titleHeading,
  uniqueId,
  requiredSections,
  sectionOrder,
  duplicateSection,
  emptySection,
  placeholder,
  requiredRelations,
  relationExists,
  relationType,
  relationCount,
  relationStatus,
  relationSelf,
  relationDuplicate,
  relationAlias,
  relationFormerId,
  relationMentioned,
  relationReciprocal,
  relationCycle,
  linkTarget,
  codePath,
  boardSchema,
  boardArtifact,
  taskExists,
  taskStatus,
  taskClaimed,
  taskLinked,
  exitCriteria,
  exitCriteriaComplete,
  exitCriteriaTrue,
  exitCriteriaWaiver,
  workflowProduces,
  workflowTemplate,
  workflowRelations,
  workflowCommands,
  internalError,
  unreadableDocument,
  documentLimit,
  unknownType,
  unknownDirective,
  unusedDirective,
  frozenContent,
  idChanged,
  idReused,
  idTaken,
  statusTransition,
  baselineOutdated,
  baselineGrown,
];

/** The ids of all rules. */
export const RULE_IDS: readonly string[] = RULES.map((rule) => rule.id);

/** The rules that inline control cannot keep silent: what they find leaves the rest of the document unjudged. */
export const FIRM_RULE_IDS: readonly string[] = RULES.filter(
  (rule) => rule.area === 'engine' && rule.severity === 'error',
).map((rule) => rule.id);
