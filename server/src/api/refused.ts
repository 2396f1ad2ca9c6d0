/** A request that the service refuses: becomes `{error, error_message}` with its HTTP status. */
export class RefusedRequest extends Error {
  override readonly name = 'RefusedRequest';
  readonly status: number;
  readonly code: number;
  /** Headers that belong to the refusal: `retry-after`, `www-authenticate`. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the log may tell of it to everybody: the parameter, or the call. Nothing that was sent. */
  readonly about: string | null;

  constructor(status: number, code: number, message: string, headers: Readonly<Record<string, string>> = {}, about: string | null = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.about = about;
  }
}
