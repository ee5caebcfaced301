package io.waybill.agent.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * A store on a loopback socket that takes parts as S3 does, and fails as it is told. It keeps what
 * it took, and counts what it was asked.
 */
public final class LoopbackStore implements AutoCloseable {

  /** How one PUT is met. */
  public sealed interface Fate {
    record Take() implements Fate {}

    /** Takes the body, then answers. */
    record Answer(int status, String code, String headers) implements Fate {}

    /** Answers and closes while the body is under way. */
    record AnswerEarly(int status, String code) implements Fate {}

    /** Takes some of the body, then resets the connection. */
    record ResetMidBody() implements Fate {}

    /** Takes it all, keeps it, then resets the connection instead of answering. */
    record TakeAndReset() implements Fate {}

    /** Takes the body and never answers. */
    record Silence() implements Fate {}

    Fate TAKE = new Take();

    static Fate answer(int status, String code) {
      return new Answer(status, code, "");
    }
  }

  /** Decides the fate of attempt {@code n} (from 1) at a part. */
  @FunctionalInterface
  public interface Script {
    Fate fate(String session, int part, int attempt);
  }

  /** A part that was taken. */
  public static final class Taken {
    private final String etag;
    private final byte[] bytes;

    Taken(String etag, byte[] bytes) {
      this.etag = etag;
      this.bytes = bytes;
    }

    public String etag() {
      return etag;
    }

    public byte[] bytes() {
      return bytes.clone();
    }
  }

  private final ServerSocket server;
  private final Thread acceptor;
  private final Map<String, TreeMap<Integer, Taken>> taken = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private volatile Script script = (session, part, attempt) -> Fate.TAKE;
  private volatile UnaryOperator<InputStream> wire = in -> in;
  private volatile boolean keepBytes = true;
  private volatile String seenAt;

  public LoopbackStore() {
    this(plainSocket());
  }

  public LoopbackStore(ServerSocket server) {
    this.server = server;
    this.seenAt = "http://127.0.0.1:" + server.getLocalPort();
    this.acceptor = Thread.ofVirtual().start(this::acceptAll);
  }

  private static ServerSocket plainSocket() {
    try {
      return new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public LoopbackStore script(Script now) {
    script = now;
    return this;
  }

  public LoopbackStore wire(UnaryOperator<InputStream> slower) {
    wire = slower;
    return this;
  }

  public LoopbackStore forgetBytes() {
    keepBytes = false;
    return this;
  }

  /** Others find it there; something in between brings them here. */
  public void seenAt(String address) {
    seenAt = address;
  }

  public int port() {
    return server.getLocalPort();
  }

  public URI url(String session, int part, String signature) {
    return URI.create(
        urlTemplate(session).replace("{part_number}", "" + part).replace("{signature}", signature));
  }

  public String urlTemplate(String session) {
    return seenAt
        + "/bucket/"
        + session
        + "?partNumber={part_number}&uploadId=u&X-Amz-Signature={signature}";
  }

  public Map<Integer, Taken> parts(String session) {
    TreeMap<Integer, Taken> parts = taken.computeIfAbsent(session, any -> new TreeMap<>());
    synchronized (parts) {
      return new TreeMap<>(parts);
    }
  }

  /** Forgets a part that it had taken. */
  public void lose(String session, int part) {
    TreeMap<Integer, Taken> parts = taken.computeIfAbsent(session, any -> new TreeMap<>());
    synchronized (parts) {
      parts.remove(part);
    }
  }

  /** As if it had taken all of these long ago. */
  public void has(String session, int firstPart, int lastPart) {
    for (int part = firstPart; part <= lastPart; part++) {
      keep(session, part, new Taken("\"" + part + "\"", new byte[0]));
    }
  }

  /** The parts of a session one after the other. */
  public byte[] object(String session) {
    var out = new java.io.ByteArrayOutputStream();
    parts(session).values().forEach(part -> out.writeBytes(part.bytes()));
    return out.toByteArray();
  }

  public int attempts(String session, int part) {
    return attempts.computeIfAbsent(session + "/" + part, any -> new AtomicInteger()).get();
  }

  /** The request lines and headers seen, one text per PUT. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  public int connections() {
    return connections.get();
  }

  /** PUTs being met right now. */
  public int underWay() {
    return now.get();
  }

  public int mostAtOnce() {
    return most.get();
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(wire.apply(socket.getInputStream()), 1 << 16);
      while (serveOne(socket, in)) {
        // the next part on the same connection
      }
    } catch (IOException e) {
      // the client went away, as clients do
    }
  }

  private boolean serveOne(Socket socket, InputStream in) throws IOException {
    String head = LoopbackPut.readHead(in);
    if (head.isEmpty()) {
      return false;
    }
    requests.add(head);
    String target = head.split(" ", 3)[1];
    String session = target.substring("/bucket/".length(), target.indexOf('?'));
    int part = Integer.parseInt(target.replaceAll(".*partNumber=(\\d+).*", "$1"));
    long length = Long.parseLong(head.replaceAll("(?is).*\ncontent-length: (\\d+).*", "$1"));
    int attempt =
        attempts
            .computeIfAbsent(session + "/" + part, any -> new AtomicInteger())
            .incrementAndGet();
    most.accumulateAndGet(now.incrementAndGet(), Math::max);
    try {
      return new LoopbackPut(socket, in, length, keepBytes, whole -> keep(session, part, whole))
          .meet(script.fate(session, part, attempt));
    } finally {
      now.decrementAndGet();
    }
  }

  private void keep(String session, int part, Taken whole) {
    TreeMap<Integer, Taken> parts = taken.computeIfAbsent(session, any -> new TreeMap<>());
    synchronized (parts) {
      parts.put(part, whole);
    }
  }

  /** When this returns, nobody listens any more; until its acceptor wakes, the port is open. */
  @Override
  public void close() {
    try {
      server.close();
      acceptor.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
