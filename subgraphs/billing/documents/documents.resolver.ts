import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Company } from '#platform/companies';
import { FileLink, type RequestContext } from '#platform/graphql';
import { formatInstant } from '#platform/time';
import { Invoice } from '../invoices/invoice.type.ts';
import { InvoiceRevision } from '../revisions/invoice-revision.type.ts';
import { documentLoader } from './document-loader.ts';
import { startDocuments } from './documents-under-way.ts';
import type { DocumentFiles, DocumentKey } from './invoice-document.row.ts';

@Resolver(() => Invoice)
export class InvoiceDocumentsResolver {
  @FieldResolver(() => FileLink, {
    nullable: true,
    description: "Its document, the latest revision's; null while that is being made. Its bytes never change.",
  })
  pdf(@Ctx() context: RequestContext, @Root() { id, company, revision }: Invoice): Promise<FileLink | null> {
    return link(context, company, { invoiceId: id, revision }, 'pdf');
  }

  @FieldResolver(() => FileLink, {
    nullable: true,
    description:
      "The same document for programs, UBL 2.1 by EN 16931, the latest revision's; null while it is being made. Its bytes never change.",
  })
  ubl(@Ctx() context: RequestContext, @Root() { id, company, revision }: Invoice): Promise<FileLink | null> {
    return link(context, company, { invoiceId: id, revision }, 'ubl');
  }

  @FieldResolver(() => FileLink, {
    nullable: true,
    description: 'The document that it was issued with, whatever was revised since; null while it is being made.',
  })
  originalPdf(@Ctx() context: RequestContext, @Root() { id, company }: Invoice): Promise<FileLink | null> {
    return link(context, company, { invoiceId: id, revision: 0 }, 'pdf');
  }

  @FieldResolver(() => FileLink, {
    nullable: true,
    description: 'The UBL that it was issued with, whatever was revised since; null while it is being made.',
  })
  originalUbl(@Ctx() context: RequestContext, @Root() { id, company }: Invoice): Promise<FileLink | null> {
    return link(context, company, { invoiceId: id, revision: 0 }, 'ubl');
  }
}

@Resolver(() => InvoiceRevision)
export class RevisionDocumentsResolver {
  @FieldResolver(() => FileLink, {
    nullable: true,
    description: 'The document of this revision; null while it is being made. Its bytes never change.',
  })
  pdf(@Ctx() context: RequestContext, @Root() root: InvoiceRevision): Promise<FileLink | null> {
    return link(context, root.company, { invoiceId: root.invoiceId, revision: root.number }, 'pdf');
  }

  @FieldResolver(() => FileLink, {
    nullable: true,
    description: 'The UBL of this revision; null while it is being made. Its bytes never change.',
  })
  ubl(@Ctx() context: RequestContext, @Root() root: InvoiceRevision): Promise<FileLink | null> {
    return link(context, root.company, { invoiceId: root.invoiceId, revision: root.number }, 'ubl');
  }
}

/** A link to one form of a document; null where there is none yet, and then it is being made. */
async function link(
  context: RequestContext,
  { id: companyId, timeZone }: Company,
  document: DocumentKey,
  form: keyof DocumentFiles,
): Promise<FileLink | null> {
  const files = await context.once(documentLoader).load({ companyId, ...document });
  if (!files) {
    // What made it has failed or was cut off.
    void startDocuments(context, { companyId, ...document });
    return null;
  }
  const { id: fileId, name: fileName, contentType, sizeBytes, sha256 } = files[form];
  const { url, expiresAt } = context.files.links.sign({ service: 'billing', companyId, fileId }, context.moment);
  return { fileName, contentType, url, expiresAt: formatInstant(expiresAt, timeZone), sizeBytes, sha256 };
}
