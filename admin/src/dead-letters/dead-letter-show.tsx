import { Alert, Box, Stack, Typography } from '@mui/material';
import type { DeadLetterView } from '@penstock/domain/dead-letters';
import { Link, Show, useRecordContext } from 'react-admin';
import { SettleButton } from '#dead-letters/settle-button.tsx';
import { ageText, letterReason, letterStatusWords, redriveHindrance, timesText } from '#dead-letters/words.ts';
import { useRecordQuery } from '#forms/use-record-query.ts';
import { RecordNumber } from '#lists/record-number.tsx';
import { timeText } from '#times.ts';

export const DeadLetterShow = () => (
  <Show<DeadLetterView> actions={false} queryOptions={useRecordQuery()} title={<LetterTitle />}>
    <LetterPage />
  </Show>
);

const LetterTitle = () => {
  const letter = useRecordContext<DeadLetterView>();
  if (letter === undefined) return null;
  return (
    <>
      {letter.number === undefined ? (
        `Letter of queue ${letter.queue}`
      ) : (
        <>
          Order <RecordNumber>{letter.number}</RecordNumber>
        </>
      )}
      : {letterStatusWords[letter.status]}
    </>
  );
};

const LetterPage = () => {
  const letter = useRecordContext<DeadLetterView>();
  if (letter === undefined) return null;
  const hindrance = redriveHindrance[letter.redrive];
  const subject = letter.number === undefined ? 'this letter' : `order ${letter.number}`;
  return (
    // As wide as the page and no wider: the message scrolls by itself, the page does not.
    <Stack spacing={2} sx={{ p: 2, width: 0, minWidth: '100%' }}>
      <Alert severity={letter.status === 'open' ? 'warning' : 'info'}>
        {letterReason(letter.reason)}. <span style={{ opacity: 0.8 }}>({letter.detail})</span>
      </Alert>
      {letter.status === 'open' && hindrance !== undefined && <Alert severity="info">{hindrance}</Alert>}
      {letter.status === 'open' && (
        <Stack direction="row" spacing={1}>
          <SettleButton
            what="redrive"
            chosen={{ ids: [letter.id] }}
            subject={subject}
            disabled={hindrance !== undefined}
          />
          <SettleButton what="discard" chosen={{ ids: [letter.id] }} subject={subject} />
        </Stack>
      )}
      <Facts letter={letter} />
      <Payload text={letter.payload} />
    </Stack>
  );
};

const Facts = ({ letter }: { readonly letter: DeadLetterView }) => (
  <Box
    component="dl"
    sx={{ display: 'grid', gridTemplateColumns: 'max-content 1fr', columnGap: 2, rowGap: 0.5, '& dd': { m: 0 } }}
  >
    {letter.sentAt !== undefined && (
      <Fact name="Accepted">
        {timeText(letter.sentAt)} ({ageText(Date.now() - Date.parse(letter.sentAt))} ago)
      </Fact>
    )}
    <Fact name="First seen here">{timeText(letter.firstSeenAt)}</Fact>
    <Fact name="Last seen">{timeText(letter.lastSeenAt)}</Fact>
    <Fact name="Received">{timesText(letter.receives)}</Fact>
    <Fact name="Sent again">{timesText(letter.attempt)}</Fact>
    {letter.settled !== undefined && (
      <Fact name={letter.status === 'discarded' ? 'Discarded' : 'Sent again last'}>
        {timeText(letter.settled.at)} by {letter.settled.by}: {letter.settled.reason}
      </Fact>
    )}
    {letter.status !== 'open' && letter.orderId !== undefined && (
      <Fact name="Order">
        <Link to={`/orders/${letter.orderId}/show`}>{letter.number}</Link>
      </Fact>
    )}
    <Fact name="Correlation id">{letter.correlationId === '' ? 'unknown' : letter.correlationId}</Fact>
  </Box>
);

const Fact = ({ name, children }: { readonly name: string; readonly children: React.ReactNode }) => (
  <>
    <Typography component="dt" color="text.secondary">
      {name}
    </Typography>
    <Typography component="dd" sx={{ overflowWrap: 'anywhere' }}>
      {children}
    </Typography>
  </>
);

/** The message as it was received; JSON is set in lines. */
const Payload = ({ text }: { readonly text: string }) => (
  <section aria-label="Message">
    <Typography variant="h6" component="h2">
      Message
    </Typography>
    <Box
      component="pre"
      tabIndex={0}
      sx={{ m: 0, p: 1, overflowX: 'auto', border: 1, borderColor: 'divider', maxHeight: 400, fontSize: 13 }}
    >
      {inLines(text)}
    </Box>
  </section>
);

const inLines = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
};
