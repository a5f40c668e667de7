// Writes .env.example from the settings of platform/config.
import { writeFileSync } from 'node:fs';
import { envExample } from '#platform/config';

writeFileSync('.env.example', envExample());
