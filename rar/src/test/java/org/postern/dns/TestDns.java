package org.postern.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A name server on this machine, with records as in a zone file. Names that it has no records of do not exist. */
public final class TestDns implements AutoCloseable {

    private static final int TRIES = 20;

    private final ServerSocket tcp;
    private final DatagramSocket udp;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Record> records = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> failing = new ConcurrentHashMap<>();
    private final Set<String> silent = ConcurrentHashMap.newKeySet();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    public TestDns() throws IOException {
        ServerSocket taken = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        DatagramSocket same = datagrams(taken.getLocalPort());
        // A port that is free for one of them need not be for the other.
        for (int i = 0; i < TRIES && same == null; i++) {
            taken.close();
            taken = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
            same = datagrams(taken.getLocalPort());
        }
        tcp = taken;
        udp = java.util.Objects.requireNonNull(same, "no port is free for both");
        threads.execute(this::serveUdp);
        threads.execute(this::serveTcp);
    }

    private static DatagramSocket datagrams(int port) {
        try {
            return new DatagramSocket(port, InetAddress.getLoopbackAddress());
        } catch (java.net.SocketException inUse) {
            return null;
        }
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(udp.getLocalAddress(), udp.getLocalPort());
    }

    /** Adds lines of a zone file, such as {@code example.org. 60 IN MX 10 mx.example.org.} */
    public TestDns with(String... lines) throws IOException {
        for (String line : lines) {
            try (Master master = new Master(new java.io.ByteArrayInputStream(
                    (line + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII)))) {
                records.add(master.nextRecord());
            }
        }
        return this;
    }

    /** Makes questions such as {@code "MX example.org"} fail. */
    public TestDns failing(String question, int code) {
        failing.put(question, code);
        return this;
    }

    /** Leaves questions such as {@code "MX example.org"} without an answer. */
    public TestDns silent(String question) {
        silent.add(question);
        return this;
    }

    /** {@return the questions so far, such as {@code "MX example.org"}} */
    public List<String> asked() {
        return asked;
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
        threads.shutdownNow();
    }

    private void serveUdp() {
        byte[] buffer = new byte[4096];
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                byte[] answer = answer(Arrays.copyOf(buffer, packet.getLength()), 1232);
                if (answer.length > 0) {
                    udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException closed) {
                continue;
            }
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try (Socket socket = tcp.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                byte[] answer = answer(in.readNBytes(in.readUnsignedShort()), 65_535);
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                out.writeShort(answer.length);
                out.write(answer);
                out.flush();
            } catch (IOException closed) {
                continue;
            }
        }
    }

    private byte[] answer(byte[] octets, int most) throws IOException {
        Message query = new Message(octets);
        Record question = query.getQuestion();
        String text = Type.string(question.getType()) + " " + question.getName().toString(true);
        asked.add(text);
        if (silent.contains(text)) {
            return new byte[0];
        }
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RA);
        answer.addRecord(question, Section.QUESTION);
        if (failing.containsKey(text)) {
            answer.getHeader().setRcode(failing.get(text));
            return answer.toWire(most);
        }
        List<Record> found = find(question.getName(), question.getType());
        found.forEach(record -> answer.addRecord(record, Section.ANSWER));
        boolean exists = records.stream().anyMatch(record -> record.getName().equals(question.getName()));
        if (!exists) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        return answer.toWire(most);
    }

    private List<Record> find(Name name, int type) {
        List<Record> found = new ArrayList<>();
        for (Record record : records) {
            boolean fits = record.getType() == type || record.getType() == Type.CNAME;
            if (record.getDClass() == DClass.IN && record.getName().equals(name) && fits) {
                found.add(record);
            }
        }
        return found;
    }
}
