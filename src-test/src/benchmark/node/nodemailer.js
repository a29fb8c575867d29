// Sends with nodemailer as the benchmark says, see Commanded.java: "port kept|each messages connections file" a line.
'use strict';
const fs = require('fs');
const net = require('net');
const readline = require('readline');

const [folder, control, root, kept] = process.argv.slice(2);
const nodemailer = require(folder);
const ca = fs.readFileSync(root);
const transports = new Map();

function transport(port, pool) {
    const key = port + ' ' + pool;
    if (!transports.has(key)) {
        transports.set(key, nodemailer.createTransport({
            host: 'localhost', port, secure: false, requireTLS: true, name: 'client.example.org', tls: { ca },
            pool, maxConnections: 4, maxMessages: Number(kept),
        }));
    }
    return transports.get(key);
}

async function send([port, way, messages, connections, file]) {
    const raw = fs.readFileSync(file);
    const sender = transport(Number(port), way === 'kept');
    let left = Number(messages);
    const worker = async () => {
        while (left-- > 0) {
            await sender.sendMail({ envelope: { from: 'sender@load.test', to: 'user0@sink.test' }, raw });
        }
    };
    await Promise.all(Array.from({ length: Number(connections) }, worker));
}

const line = net.connect(Number(control), '127.0.0.1');
readline.createInterface({ input: line }).on('line', command => {
    send(command.split(' ')).then(() => line.write('sent\n'), error => line.write(String(error).replace(/\s+/g, ' ') + '\n'));
}).on('close', () => process.exit());
