/** Whether a host is this machine itself: what is sent there leaves nothing. */

/**
 * Names below `.localhost` do not count: not every resolver keeps them on the machine.
 *
 * @param hostname as the WHATWG URL parser gives it: lower case, IPv4 in dotted decimals, IPv6 in brackets
 */
export function isLoopbackHost(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '');
  return name === 'localhost' || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(name);
}
