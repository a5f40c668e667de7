import { z } from 'zod';

const text = z.string().min(1).max(1024);

/** Where files are kept: on disk below DATA_DIR, or in a bucket of S3 or a store that speaks its language. */
export const FILE_STORE_SETTINGS = {
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, { error: 'must be the name of a bucket' })
    .optional()
    .describe('Bucket for files, of S3 or a store that speaks its language; default: files are kept in DATA_DIR.'),
  S3_ENDPOINT: z
    .string()
    .refine((address) => /^https?:$/.test(URL.parse(address)?.protocol ?? ''), {
      error: 'must be an address that begins with https:// or http://',
    })
    .optional()
    .describe("Address of a store that is not Amazon's; its buckets are taken as the first part of the path."),
  S3_REGION: text.default('us-east-1').describe('Region of the bucket.'),
  S3_PREFIX: z
    .string()
    .regex(/^([A-Za-z0-9._-]+\/)*$/, { error: 'must be names that each end with a slash: statistics/' })
    .default('')
    .describe('What the names of objects begin with.'),
  S3_ACCESS_KEY_ID: text
    .optional()
    .describe('Key of the bucket; default: what the environment of the process offers, such as a role of the machine.'),
  S3_SECRET_ACCESS_KEY: text.optional().describe('The secret to it.'),
} as const;
