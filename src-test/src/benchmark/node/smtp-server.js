// Takes mail with nodemailer's smtp-server over STARTTLS or in clear, reads it and throws it away.
'use strict';
const fs = require('fs');

const [folder, port, key, cert] = process.argv.slice(2);
const { SMTPServer } = require(folder);

const server = new SMTPServer({
    key: fs.readFileSync(key), cert: fs.readFileSync(cert), authOptional: true, disableReverseLookup: true, logger: false,
    onData(stream, session, taken) {
        stream.resume();
        stream.on('end', taken);
    },
});
server.on('error', error => console.error(String(error)));
server.listen(Number(port), '127.0.0.1', () => console.log('smtp-server is ready'));
