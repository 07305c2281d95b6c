// The settings of the server: their names, defaults and limits. Must not know where they are kept.

/** Who may meet whom in one Python interpreter; see runtime/placement.ts. */
export type IsolationSetting = 'caller' | 'shared' | 'request';

export interface Settings {
  readonly port: number;
  /** Addresses to listen on. */
  readonly hosts: readonly string[];
  /** Further names under which clients may call this server (the Host header). */
  readonly allowedHosts: readonly string[];
  /** Pages that may call this server from a browser, such as `https://example.com`. */
  readonly allowedOrigins: readonly string[];
  /** The service's name: /info, and the realm of sign-in. */
  readonly name: string;
  readonly description: string;
  readonly evaluateEnabled: boolean;
  readonly evaluateTimeoutSeconds: number;
  readonly gzipEnabled: boolean;
  readonly maxRequestMegabytes: number;
  /** Scripts that run at once. */
  readonly workers: number;
  readonly isolation: IsolationSetting;
  /** Most memory of one interpreter, in megabytes. */
  readonly interpreterMegabytes: number;
}

export const DEFAULT_SETTINGS: Settings = {
  port: 9004,
  hosts: ['127.0.0.1', '::1'],
  allowedHosts: [],
  allowedOrigins: [],
  name: 'TabPy Tray',
  description: '',
  evaluateEnabled: true,
  evaluateTimeoutSeconds: 30,
  gzipEnabled: true,
  maxRequestMegabytes: 100,
  workers: 2,
  isolation: 'caller',
  interpreterMegabytes: 1500,
};
