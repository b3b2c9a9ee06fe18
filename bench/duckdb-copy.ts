// The baseline of the load bench: DuckDB reads the file as it likes and writes Parquet.
import { DuckDBInstance } from "@duckdb/node-api";

const [, , from = "", to = ""] = process.argv;
const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
const connection = await instance.connect();
await connection.run(
  `COPY (SELECT * FROM read_csv('${from.replaceAll("'", "''")}')) TO '${to.replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION zstd)`,
);
connection.closeSync();
