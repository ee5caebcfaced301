package io.waybill.acceptance.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The servers' own road to the store, which can be cut: it passes bytes on and knows no HTTP. */
final class Road implements AutoCloseable {
  private final ServerSocket door;
  private final int store;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean isCut;

  private Road(ServerSocket door, int store) {
    this.door = door;
    this.store = store;
  }

  static Road to(URI store) {
    try {
      Road road =
          new Road(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), store.getPort());
      Thread.ofVirtual().start(road::accept);
      return road;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return "http://127.0.0.1:" + door.getLocalPort();
  }

  /** Nobody gets through any more. */
  void cut() {
    isCut = true;
    open.forEach(Road::end);
  }

  void mend() {
    isCut = false;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        if (isCut) {
          client.close();
        } else {
          Socket server = new Socket(InetAddress.getLoopbackAddress(), store);
          Thread.ofVirtual().start(() -> pass(client, server));
          Thread.ofVirtual().start(() -> pass(server, client));
        }
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void pass(Socket from, Socket to) {
    open.add(from);
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException gone) {
      // either side has ended; closing tells the other
    } finally {
      open.remove(from);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
