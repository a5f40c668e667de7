import { type Company, findCompanies, nextCompanies } from '#platform/companies';
import { parseCompanyId } from '#platform/database';
import type { RequestContext } from '#platform/graphql';
import { noCompanyToWriteFor } from '../companies/write-for-company.ts';
import type { Refusal } from '../money/read-amount.ts';
import { monthOf } from './billed-month.ts';
import { enqueueClosing } from './close-month.job.ts';
import { findMonthClose } from './month-close.row.ts';

/** What finance staff wants closed: a month of one company, or of all from a number on. */
export interface ClosingRequest {
  /** Any day of it, YYYY-MM-DD. */
  month: string;
  companyId: string | null;
  afterCompanyId: string | null;
}

export interface QueuedClosings {
  queued: number;
  invoiced: number;
  notOver: number;
  /** Where there are further companies: the number to go on after. */
  afterCompanyId: string | null;
  userErrors: Refusal[];
}

/** Companies of one request. */
const COMPANIES = 200;
const NOTHING = { queued: 0, invoiced: 0, notOver: 0, afterCompanyId: null };

/** Puts the closing of a month into the queue, for one company or for the next ones. */
export async function queueClosings(context: RequestContext, request: ClosingRequest): Promise<QueuedClosings> {
  const chosen = await chooseCompanies(context, request);
  if ('refusal' in chosen) return { ...NOTHING, userErrors: [chosen.refusal] };
  const counts = { queued: 0, invoiced: 0, notOver: 0 };
  for (const company of chosen.companies) counts[await queueClosing(context, company, request.month)] += 1;
  const [only] = chosen.companies;
  if (request.companyId !== null && only && counts.notOver > 0) {
    return { ...NOTHING, userErrors: [monthNotOver(request.month, only)] };
  }
  const last = chosen.companies.at(-1)?.id ?? null;
  return { ...counts, afterCompanyId: chosen.companies.length === COMPANIES ? last : null, userErrors: [] };
}

async function chooseCompanies(
  { database }: RequestContext,
  { companyId, afterCompanyId }: ClosingRequest,
): Promise<{ companies: Company[] } | { refusal: Refusal }> {
  if (companyId === null) {
    const after = afterCompanyId === null ? '0' : parseCompanyId(afterCompanyId);
    if (!after) return { refusal: notACursor() };
    return { companies: await database.readOfNobody((open) => nextCompanies(open, after, COMPANIES)) };
  }
  const id = parseCompanyId(companyId);
  const companies = id ? await database.readOfNobody((open) => findCompanies(open, [id])) : [];
  return companies.length > 0 ? { companies } : { refusal: noCompanyToWriteFor(companyId) };
}

async function queueClosing(
  { database, jobs, clock }: RequestContext,
  { id, timeZone }: Company,
  date: string,
): Promise<'queued' | 'invoiced' | 'notOver'> {
  const month = monthOf(date, timeZone);
  if (month.to > clock.now()) return 'notOver';
  return database.write(id, async (transaction) => {
    if ((await findMonthClose(transaction, month.start))?.status === 'INVOICED') return 'invoiced';
    await enqueueClosing(transaction, jobs, month.start);
    return 'queued';
  });
}

function monthNotOver(date: string, { id, timeZone }: Company): Refusal {
  const message = `month: ${date.slice(0, 7)} is not over for company ${id} in ${timeZone}; close it when it is.`;
  return { field: ['input', 'month'], code: 'MONTH_NOT_OVER', message };
}

function notACursor(): Refusal {
  const message = 'afterCompanyId: give the one of the answer before, or none to begin with the first company.';
  return { field: ['input', 'afterCompanyId'], code: 'INVALID_ID', message };
}
