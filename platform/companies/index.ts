export { type Company, findCompanies, nextCompanies, readCompany, unknownCompany } from './company.ts';
