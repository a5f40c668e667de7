import DataLoader from 'dataloader';
import type { CompanyId } from '#platform/database';
import type { RequestContext } from '#platform/graphql';
import { type DocumentFiles, type DocumentKey, documentId, findDocuments } from './invoice-document.row.ts';

/** A document of a company. */
export interface CompanyDocument extends DocumentKey {
  companyId: CompanyId;
}

const keyOf = (document: CompanyDocument) => `${document.companyId}/${documentId(document)}`;

/** Loads documents, all of a company at once; null for those that are being made. */
export function documentLoader(context: RequestContext): DataLoader<CompanyDocument, DocumentFiles | null, string> {
  const read = async (documents: readonly CompanyDocument[]) => {
    const found = new Map<string, DocumentFiles>();
    for (const [companyId, group] of Map.groupBy(documents, (document) => document.companyId)) {
      const made = await context.read(companyId, (transaction) => findDocuments(transaction, group));
      for (const [id, files] of made) found.set(`${companyId}/${id}`, files);
    }
    return documents.map((document) => found.get(keyOf(document)) ?? null);
  };
  return new DataLoader(read, { cacheKeyFn: keyOf });
}
