import { Chip } from "../../../kit/index.ts";
import type { DimensionScore } from "../score.ts";
import { outcomeWords, scoreWords } from "../words.ts";

/** A score with what it is of, and its outcome as a word with a sign. */
export function ScoreCell({ score, exact }: { score: DimensionScore | undefined; exact: boolean }) {
  if (!score || score.rules === 0) return <>Not measured</>;
  const { share, of } = scoreWords(score, exact);
  const { text, tone } = outcomeWords[score.outcome];
  return (
    <>
      {`${share} ${of} `}
      <div>
        <Chip text={text} tone={tone} />
      </div>
    </>
  );
}
