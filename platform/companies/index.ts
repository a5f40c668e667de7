export { type Company, readCompany, unknownCompany } from './company.ts';
