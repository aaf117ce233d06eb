/**
 * List prices in US dollars, us-east-1, first tier, without free tiers, as of November 2026. They move: look before quoting.
 * Sources: https://aws.amazon.com/dynamodb/pricing/provisioned/ , /dynamodb/pricing/on-demand/ , /sqs/pricing/ ,
 * /lambda/pricing/ , /api-gateway/pricing/ , /cloudwatch/pricing/ .
 */
export const pricesAsOf = 'November 2026, us-east-1';
export const prices = {
  /** A write or read capacity unit for an hour. */
  writeUnitHour: 0.00065,
  readUnitHour: 0.00013,
  /** A million write request units of a table on demand. */
  onDemandWriteMillion: 0.625,
  /** A million requests to a standard queue; one with message groups (a fair queue) costs more. */
  sqsStandardMillion: 0.4,
  sqsFairSurchargeMillion: 0.1,
  sqsFifoMillion: 0.5,
  lambdaMillion: 0.2,
  /** Arm, a gigabyte for a second. */
  lambdaGbSecond: 0.0000133334,
  httpApiMillion: 1,
  /** WebSocket: a million messages either way, a million minutes of connections. */
  socketMessageMillion: 1,
  socketMinuteMillion: 0.25,
  /** A gigabyte of log taken in. */
  logGb: 0.5,
} as const;

/** A million capacity units, used up evenly, at a share of the provisioned ones. */
export const unitMillion = (unitHour: number, utilisation: number): number => (unitHour / 3600 / utilisation) * 1e6;
