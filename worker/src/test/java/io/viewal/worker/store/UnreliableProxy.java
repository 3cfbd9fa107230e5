package io.viewal.worker.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between a client and a server, and lets connections through, closes them at once, or breaks them off. */
final class UnreliableProxy implements AutoCloseable {

    private final int server;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicLong delivered = new AtomicLong();
    private volatile boolean refusing;
    private volatile long cutAfter = Long.MAX_VALUE;

    UnreliableProxy(int server) throws IOException {
        this.server = server;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    String endpoint() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** Closes all connections, now and as they come, until told otherwise. */
    void refuse(boolean now) {
        refusing = now;
        if (now) {
            open.forEach(UnreliableProxy::close);
        }
    }

    /** Breaks off each connection, those that there are too, once it has delivered so many bytes from now on. */
    void cutAfter(long bytes) {
        cutAfter = bytes;
        open.forEach(UnreliableProxy::close);
    }

    /** How many connections were refused. */
    int refused() {
        return refused.get();
    }

    /** How many bytes clients were sent. */
    long delivered() {
        return delivered.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                if (refusing) {
                    refused.incrementAndGet();
                    close(client);
                } else {
                    serve(client);
                }
            } catch (IOException e) {
                // The listener was closed, or a client is gone.
            }
        }
    }

    private void serve(Socket client) throws IOException {
        Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server);
        long limit = cutAfter;
        Thread.ofVirtual().start(() -> copy(client, upstream, Long.MAX_VALUE, new AtomicLong()));
        Thread.ofVirtual().start(() -> copy(upstream, client, limit, delivered));
    }

    private static void copy(Socket from, Socket to, long limit, AtomicLong copied) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[8192];
            long left = limit;
            int count;
            while (left > 0 && (count = in.read(buffer, 0, (int) Math.min(buffer.length, left))) > 0) {
                out.write(buffer, 0, count);
                copied.addAndGet(count);
                left -= count;
            }
        } catch (IOException e) {
            // Either side is gone.
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone already.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        open.forEach(UnreliableProxy::close);
    }
}
