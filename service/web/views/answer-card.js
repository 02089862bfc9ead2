/** The answer: the sentence first, then who, in which role, for which task, and where that is written. */
import { classMap, html, nothing } from '../vendor/lit.js';
import { questionAbout } from '../core/questions.js';
import { roleMark } from '../core/ontology.js';
import { areDuties, cellText, evidenceOfRow, readable } from '../core/rows.js';
import { plain, shorten } from '../core/labels.js';

/** 牵, 责, 配 as a badge with the word beside it. */
export function role(row, t) {
  const mark = roleMark(row.role_zh, row.role);
  const word = t.short === 'zh' ? row.role_zh || t(`role.${row.role}`) : t(`role.${row.role}`);
  const strength = mark === '牵' ? 'lead' : mark === '责' ? 'own' : 'join';
  return html`<span class="role ${strength}"><b aria-hidden="true">${mark}</b>${word}</span
    >${row.joint ? html` <span class="small">${t('role.joint')}</span>` : nothing}`;
}

/** Whether the text names the owner itself, or the owner follows from who issued it. */
export function basis(row, t) {
  const key = row.implicit ? 'implicit' : 'explicit';
  return html`<span class="basis ${key}" title=${t(`basis.${key}.why`)}>${t(`basis.${key}`)}</span>`;
}

const LONG = 90; // characters from which a sentence is set smaller

/** The sentence, and what can be done with it. */
export function answerCard({ answer, t, on, copied, call }) {
  const { rows, total, truncated } = answer;
  return html`<section class="card answer" aria-labelledby="sentence">
    <h1 id="sentence" tabindex="-1" class=${answer.answer.length > LONG || !rows.length ? 'long' : ''}>
      ${plain(answer.answer)}
    </h1>
    <div class="actions">
      ${rows.length ? html`<button class="button" @click=${on.copy}>${t(copied === 'answer' ? 'copied' : 'copy.answer')}</button>` : nothing}
      <button class="button" @click=${on.link}>${t(copied === 'link' ? 'copied' : 'copy.link')}</button>
      <span class="small"
        >${rows.length ? t(truncated ? 'answer.part' : 'answer.rows', { n: rows.length, total: total ?? rows.length }) : nothing}</span
      >
      <span class="off" role="status">${copied ? t('copied') : ''}</span>
    </div>
    ${
      answer.query
        ? html`<details class="small">
            <summary>${t('answer.how')}</summary>
            <p>
              ${t('answer.query')}
              <code>${answer.query}</code>
              ${Object.entries(answer.params ?? {}).map(([name, value]) => html`<code>${name}=${cellText(value, t)}</code> `)}
            </p>
            <p><a href=${call} target="_blank" rel="noopener">${t('answer.call')}</a></p>
          </details>`
        : nothing
    }
  </section>`;
}

/** Other readings of the question: the first thing to offer when names are ambiguous or nothing was found. */
export function alternatives({ answer, t, on }) {
  const others = (answer.alternatives ?? []).filter((one) => one.question && one.question !== answer.question);
  if (!others.length) return nothing;
  return html`<nav class="alternatives" aria-label=${t('answer.others')}>
    <span>${t(answer.rows.length ? 'answer.others' : 'answer.nearest')}</span>
    ${others.map((one) => html`<button class="chip" title=${titleOf(one.title, t)} @click=${() => on.ask(one.question)}><bdi>${one.question}</bdi></button>`)}
  </nav>`;
}

function titleOf(title, t) {
  return typeof title === 'object' && title ? (title[t.short] ?? '') : (title ?? '');
}

/** Nothing found: say what was understood, offer the nearest names and the documents. */
export function noResult({ answer, nearest, t, on, list }) {
  if (answer.alternatives?.length && !nearest.length) return nothing;
  return html`<section class="card state" role="status">
    <p>${t('empty.tips')}</p>
    ${
      nearest.length
        ? html`<nav class="alternatives" aria-label=${t('empty.nearest')}>
            <span>${t('empty.nearest')}</span>${nearest.map(
              (hit) =>
                html`<button
                  class="chip"
                  @click=${() => (hit.label === 'Document' ? on.open(hit.id) : on.ask(questionAbout(hit, t)))}
                >
                  <bdi>${hit.name}</bdi>
                </button>`,
            )}
          </nav>`
        : nothing
    }
    ${answer.alternatives?.length ? nothing : html`<p><a class="button" href=${list}>${t('documents.browse')}</a></p>`}
  </section>`;
}

const FIRST_ROWS = 30;

function evidenceButton(row, index, { answer, t, on }) {
  const evidence = evidenceOfRow(row, answer.columns);
  if (!evidence) return html`<span class="small">${t('graph.no-evidence')}</span>`;
  return html`<button class="evidence" data-row=${index} @click=${() => on.row(index)}>
    <span class="off">${t('evidence.open', { n: index + 1 })}</span>${shorten(evidence.quote, 22) || t('graph.evidence')}
  </button>`;
}

function dutyRow(row, index, view) {
  const { t } = view;
  return html`<td data-name=${t('column.unit')}><bdi>${row.unit.name}</bdi></td>
    <td data-name=${t('column.role')}>${role(row, t)} ${basis(row, t)}</td>
    <td data-name=${t('column.task')}>
      <bdi>${row.task.name}</bdi>
      <div class="small"><bdi>${row.document?.name ?? ''}</bdi> <span class="date">${t.date(row.document?.issued_on)}</span></div>
    </td>
    <td data-name=${t('column.evidence')}>${evidenceButton(row, index, view)}</td>`;
}

function otherRow(row, index, view) {
  const { answer, t } = view;
  return html`${readable(answer).map((column) => html`<td data-name=${column[t.short] ?? column.name}><bdi>${cell(row[column.name], view)}</bdi></td>`)}
  ${hasEvidence(answer) ? html`<td data-name=${t('column.evidence')}>${evidenceButton(row, index, view)}</td>` : nothing}`;
}

/** A relation type and a sub-class are said in words, everything else as it is. */
function cell(value, { ontology, t }) {
  if (typeof value !== 'string') return cellText(value, t);
  if (value in ontology.relations) return ontology.relationName(value, t.short);
  return ontology.kindName(value, t.short) ?? cellText(value, t);
}

function hasEvidence({ rows, columns }) {
  return rows.some((row) => evidenceOfRow(row, columns));
}

/** The rows, one evidence button each. */
export function answerTable(view) {
  const { answer, t, at, all, on } = view;
  const duties = areDuties(answer.rows);
  const heads = duties
    ? ['unit', 'role', 'task', 'evidence'].map((name) => t(`column.${name}`))
    : [
        ...readable(answer).map((column) => column[t.short] ?? column.name),
        ...(hasEvidence(answer) ? [t('column.evidence')] : []),
      ];
  const rows = all ? answer.rows : answer.rows.slice(0, FIRST_ROWS);
  return html`<div class="scroll">
      <table class=${duties ? 'duties' : 'rows'}>
        <caption class="off">
          ${plain(answer.answer)}
        </caption>
        <thead>
          <tr>
            ${heads.map((head) => html`<th scope="col">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row, index) =>
              html`<tr class=${classMap({ at: index === at })} aria-current=${index === at ? 'true' : nothing}>
                ${duties ? dutyRow(row, index, view) : otherRow(row, index, view)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${rows.length < answer.rows.length ? html`<p><button class="button" @click=${on.all}>${t('answer.all', { n: answer.rows.length })}</button></p>` : nothing}`;
}
