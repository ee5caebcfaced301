package io.waybill.benchmarks.storage;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One kept connection, as cheap as can be: what it costs, the servers lack. */
final class Wire implements AutoCloseable {

  private final Socket socket;
  private final InputStream in;
  private final String fixed;

  /** Connects; {@code headers} are sent with every request, each with its line end. */
  Wire(URI server, String headers) throws IOException {
    this.socket = new Socket(server.getHost(), server.getPort() < 0 ? 80 : server.getPort());
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream(), 16_384);
    this.fixed = "Host: " + server.getRawAuthority() + "\r\n" + headers;
  }

  /** An answer with a body of text; anything but a success ends the benchmark. */
  record Answer(String head, String body) {

    /** The value of a text field of JSON, wherever it stands first. */
    String field(String name) {
      int at = body.indexOf("\"" + name + "\"");
      int from = body.indexOf('"', body.indexOf(':', at)) + 1;
      if (at < 0) {
        throw new IllegalStateException("no " + name + " in " + body);
      }
      return body.substring(from, body.indexOf('"', from));
    }
  }

  private String head(String method, String target, int length) {
    return method
        + " "
        + target
        + " HTTP/1.1\r\n"
        + fixed
        + (length == 0 ? "" : "Content-Type: application/json\r\n")
        + (method.equals("GET") ? "" : "Content-Length: " + length + "\r\n")
        + "\r\n";
  }

  Answer send(String method, String target, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head = head(method, target, bytes.length);
    ByteArrayOutputStream request = new ByteArrayOutputStream(head.length() + bytes.length);
    request.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(bytes);
    request.writeTo(socket.getOutputStream());
    String answered = head();
    String text = new String(body(answered), StandardCharsets.UTF_8);
    if (!answered.startsWith("HTTP/1.1 2")) {
      throw new IOException(method + " " + target + ": " + answered + text);
    }
    return new Answer(answered, text);
  }

  private String head() throws IOException {
    StringBuilder head = new StringBuilder(512);
    while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
      int c = in.read();
      if (c < 0) {
        throw new EOFException("the server hung up");
      }
      head.append((char) c);
    }
    return head.toString();
  }

  private byte[] body(String head) throws IOException {
    String lower = head.toLowerCase(Locale.ROOT);
    if (lower.contains("transfer-encoding: chunked")) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      while (true) {
        int length = Integer.parseInt(line(), 16);
        all.writeBytes(in.readNBytes(length));
        line();
        if (length == 0) {
          return all.toByteArray();
        }
      }
    }
    int at = lower.indexOf("content-length:");
    return at < 0
        ? new byte[0]
        : in.readNBytes(
            Integer.parseInt(lower.substring(at + 15, lower.indexOf('\r', at)).strip()));
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server hung up");
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
