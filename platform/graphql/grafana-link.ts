import type { Period } from '#platform/time';
import { ExternalLink } from './shared.types.ts';

/** The dashboards that links lead to; each is the uid of one in Grafana. */
export type Dashboard = 'statistics-notifications' | 'statistics-chats' | 'statistics-telephony';

export const GRAFANA_DESCRIPTION =
  'The same period and filter opened in Grafana; null where the service knows no Grafana (setting GRAFANA_URL).';

/**
 * Address of a dashboard with the period (`from` and `to` in epoch milliseconds, `timezone`) and each restriction of the filter as
 * a variable of the dashboard, `var-channels=SMS&var-channels=VIBER`. Null without a base address.
 */
export function grafanaLink(
  baseUrl: string | undefined,
  dashboard: Dashboard,
  { from, to, timeZone }: Period,
  filter: object | null | undefined,
): ExternalLink | null {
  if (!baseUrl) return null;
  const url = new URL(`${baseUrl.replace(/\/+$/, '')}/d/${dashboard}`);
  url.search = new URLSearchParams([
    ['from', String(from)],
    ['to', String(to)],
    ['timezone', timeZone],
    ...Object.entries(filter ?? {}).flatMap(([name, value]) =>
      [value]
        .flat()
        .filter((one) => one != null)
        .map((one) => [`var-${name}`, String(one)]),
    ),
  ]).toString();
  return Object.assign(new ExternalLink(), { url: url.href });
}
