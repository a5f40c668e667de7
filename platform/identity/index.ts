export {
  issuerTokenVerifier,
  LOCAL_AUDIENCE,
  LOCAL_ISSUER,
  localTokenVerifier,
  signAccessToken,
  type TokenVerifier,
} from './access-token.ts';
export { type Identity, requireCompany, requireScope } from './identity.ts';
export {
  type InternalKeyTexts,
  type InternalPublicKey,
  type InternalSigningKey,
  makeInternalKey,
  readInternalPublicKey,
  readInternalSigningKey,
} from './internal-key.ts';
export {
  acceptJobTokens,
  GATEWAY_AUDIENCE,
  INTERNAL_HEADER,
  signInternalToken,
  verifyInternalToken,
} from './internal-token.ts';
export { isScope, SCOPE_NAMES, SCOPES, SCOPES_WITHOUT_COMPANY, type Scope } from './scope.ts';
export { ensureSecretFile, randomSecret } from './secret-file.ts';
export { ensureSigningKey, makeSigningKey, readSigningKey, type SigningKey } from './signing-key.ts';
