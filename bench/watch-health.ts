// Asks a hub for its health, again and again, from a process with nothing else to do; prints the times in ms as JSON.
const [, , address = "", seconds = "0"] = process.argv;
const until = performance.now() + Number(seconds) * 1000;
const times: number[] = [];
while (performance.now() < until) {
  const started = performance.now();
  await (await fetch(`${address}/healthz`)).arrayBuffer();
  times.push(performance.now() - started);
  await new Promise((resolve) => {
    setTimeout(resolve, 50);
  });
}
console.log(JSON.stringify(times));
