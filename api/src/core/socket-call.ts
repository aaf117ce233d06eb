/** What a gateway's WebSocket event says, in our words. */
export type SocketCall = {
  readonly route: string;
  readonly connectionId: string;
  /** ms since 1970. */
  readonly connectedAtMs: number;
  /** As the gateway saw it. */
  readonly sourceIp: string;
  readonly audience: string | undefined;
  readonly origin: string | undefined;
  readonly body: string | undefined;
};
