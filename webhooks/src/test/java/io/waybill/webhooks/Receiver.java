package io.waybill.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A real endpoint: it keeps what it was sent, and answers byte for byte what it is told to. */
final class Receiver implements AutoCloseable {
  private final ServerSocket socket;
  private final Answer answer;
  private final List<Message> messages = Collections.synchronizedList(new ArrayList<>());

  /** What came; the names of headers in lower case. */
  record Message(String line, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /** How it answers. */
  interface Answer {
    void to(int number, OutputStream out) throws Exception;
  }

  private Receiver(ServerSocket socket, Answer answer) {
    this.socket = socket;
    this.answer = answer;
    Thread.ofVirtual().start(this::accept);
  }

  static Receiver plain(Answer answer) throws IOException {
    return new Receiver(new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")), answer);
  }

  static Receiver tls(SSLContext tls, Answer answer) throws IOException {
    return new Receiver(
        tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")),
        answer);
  }

  static Answer saying(String status) {
    return (number, out) -> out.write(head(status, "content-length: 2\r\n\r\nok"));
  }

  static byte[] head(String status, String rest) {
    return ("HTTP/1.1 " + status + "\r\n" + rest).getBytes(UTF_8);
  }

  int port() {
    return socket.getLocalPort();
  }

  List<Message> messages() {
    return List.copyOf(messages);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket caller = socket.accept();
        Thread.ofVirtual().start(() -> serve(caller));
      } catch (IOException e) {
        // closed
      }
    }
  }

  private void serve(Socket caller) {
    try (caller) {
      InputStream in = new BufferedInputStream(caller.getInputStream());
      String first = line(in);
      if (first == null) {
        return;
      }
      Map<String, String> headers = new TreeMap<>();
      for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
      messages.add(new Message(first, headers, new String(in.readNBytes(length), UTF_8)));
      answer.to(messages.size(), caller.getOutputStream());
    } catch (Exception e) {
      // whoever called has hung up, or did not like us
    }
  }

  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        return line.toString().strip();
      }
      line.append((char) c);
    }
    return null;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
