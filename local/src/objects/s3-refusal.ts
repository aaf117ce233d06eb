import { own } from '@penstock/domain/own';
/** A refusal as S3 words it: HTTP status, error code, sentence. */
export type S3Refusal = { readonly status: number; readonly code: string; readonly message: string };

export const accessDenied = (message = 'Access Denied'): S3Refusal => ({ status: 403, code: 'AccessDenied', message });

/** The XML that S3 answers a refusal with. */
export const s3ErrorXml = ({ code, message }: S3Refusal, resource: string): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<Error><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>`,
    `<Resource>${escapeXml(resource)}</Resource></Error>`,
  ].join('\n');

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => own(entities, character) ?? '');
