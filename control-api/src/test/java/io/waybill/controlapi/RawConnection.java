package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PushbackInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection on which everything can be sent, well-formed or not, at any pace. */
final class RawConnection implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;
  private final PushbackInputStream input;

  RawConnection(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      input = new PushbackInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new AssertionError("the server does not listen", e);
    }
  }

  /** Sends text as it is. */
  RawConnection send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new AssertionError("the server no longer reads", e);
    }
  }

  /** Sends the same again and again, reading nothing; how often, before the server closed. */
  int sendUntilClosed(String text, int most) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    for (int sent = 0; sent < most; sent++) {
      try {
        socket.getOutputStream().write(bytes);
      } catch (IOException e) {
        return sent;
      }
    }
    return most;
  }

  /** Sends a head of these lines. */
  RawConnection head(String... lines) {
    return send(String.join("\r\n", lines) + "\r\n\r\n");
  }

  /** Waits for the first byte of an answer, and leaves it unread. */
  void untilAnswered() {
    try {
      int first = input.read();
      assertThat(first).as("the server closed without an answer").isNotNegative();
      input.unread(first);
    } catch (IOException e) {
      throw new AssertionError("no answer came", e);
    }
  }

  /** Whether the server has closed, having read all that was sent to it. */
  boolean wasClosedInOrder() {
    try {
      return input.read() < 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** One answer, by its Content-Length; what came before the end if the server closes early. */
  String answer() {
    StringBuilder answer = new StringBuilder();
    int missing = Integer.MAX_VALUE;
    for (int c = read(); c >= 0; c = read()) {
      answer.append((char) c);
      if (missing == Integer.MAX_VALUE && answer.toString().endsWith("\r\n\r\n")) {
        missing = bodyBytes(answer.toString());
      } else if (missing != Integer.MAX_VALUE) {
        missing--;
      }
      if (missing == 0) {
        break;
      }
    }
    return answer.toString();
  }

  /** Reads until the server closes. */
  String rest() {
    StringBuilder rest = new StringBuilder();
    for (int c = read(); c >= 0; c = read()) {
      rest.append((char) c);
    }
    return rest.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A reset is an end like any other. */
  private int read() {
    try {
      return input.read();
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("the server keeps the connection and says nothing", e);
    } catch (IOException e) {
      return -1;
    }
  }

  private static int bodyBytes(String head) {
    return head.lines()
        .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
        .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
        .findFirst()
        .orElse(0);
  }
}
