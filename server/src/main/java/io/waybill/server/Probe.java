package io.waybill.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Asks a program of ours on this machine whether it is ready: exit code 0, or 1 and what it said.
 * What a container's health check runs, every few seconds: it knows nothing but a socket, so that
 * the JVM starts in a moment.
 */
final class Probe {
  private static final int PATIENCE_MILLIS = 4_000;
  private static final int LONGEST_ANSWER = 4_096;

  private Probe() {}

  public static void main(String[] arguments) {
    System.exit(ask(Integer.parseInt(arguments[0])));
  }

  private static int ask(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      String request = "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return verdict(socket.getInputStream());
    } catch (IOException e) {
      System.out.println("nothing answers on port " + port + ": " + e.getMessage());
      return 1;
    }
  }

  private static int verdict(InputStream answer) throws IOException {
    String said = new String(answer.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
    if (said.startsWith("HTTP/1.1 200")) {
      return 0;
    }
    System.out.println(said.substring(said.indexOf("\r\n\r\n") + 1).strip());
    return 1;
  }
}
