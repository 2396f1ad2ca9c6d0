/** The editor's `http` section, as both sides read it: handed over at start by the client, pushed to the server with each change. */
import type { HttpSettings } from './protocol.ts';

/**
 * Believes values of the right type only.
 *
 * @param section what the editor holds below `http`, or anything else
 */
export function readHttpSettings(section: unknown): HttpSettings {
  const { proxy, noProxy, proxyStrictSSL, systemCertificates, proxyAuthorization, proxySupport } =
    typeof section === 'object' && section !== null ? (section as Readonly<Record<string, unknown>>) : {};
  const certificates = { strictSSL: flag(proxyStrictSSL), systemCertificates: flag(systemCertificates) };
  // Extensions are then to go without any proxy, the environment's included.
  if (proxySupport === 'off') return { noProxy: ['*'], ...certificates };
  return {
    proxy: text(proxy),
    proxyAuthorization: text(proxyAuthorization),
    noProxy: Array.isArray(noProxy) ? noProxy.filter((host): host is string => typeof host === 'string') : undefined,
    ...certificates,
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}
