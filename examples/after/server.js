// The smallest service that can be hardened: answers on port 3000 and says who it is.
const http = require("http");

const server = http.createServer((request, response) => {
  if (request.url === "/healthz") {
    response.end("ok\n");
    return;
  }
  response.end(`hello from uid ${process.getuid()}\n`);
});

server.listen(3000, () => console.log("listening on 3000"));
process.on("SIGTERM", () => server.close(() => process.exit(0)));
