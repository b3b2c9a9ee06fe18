import type { DuckDBConnection } from "@duckdb/node-api";
import { execute, literal } from "../duckdb.ts";
import type { FileFacts, MergeInput } from "../protocol.ts";
import { hashFile } from "../read/file-scan.ts";
import { textLayer } from "../text-layer.ts";
import { sync } from "./write-text.ts";

/** Puts the segments of one layer into one file, rows in their order. */
export async function mergeSegments(connection: DuckDBConnection, { paths, columns, target }: MergeInput): Promise<FileFacts> {
  const layer = columns ? textLayer(paths, columns) : `read_parquet([${paths.map(literal).join(", ")}])`;
  const ids = columns ? `, FIELD_IDS {${columns.map((number) => `c${number}: ${number}`).join(", ")}}` : "";
  await execute(
    connection,
    `COPY (SELECT * FROM ${layer})
     TO ${literal(target)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 122880${ids})`,
  );
  await sync(target);
  return hashFile(target);
}
