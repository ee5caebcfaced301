package io.waybill.agent.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Lets everyone in and nobody listen, as a broker does whose rights name another tenant. */
public final class RefusingBroker implements AutoCloseable {

  private static final int SUBSCRIBE = 8;

  private final ServerSocket door;

  public RefusingBroker() throws IOException {
    this.door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::open);
  }

  public int port() {
    return door.getLocalPort();
  }

  private void open() {
    while (!door.isClosed()) {
      try (Socket client = door.accept()) {
        serve(client);
      } catch (IOException e) {
        // it went away
      }
    }
  }

  private static void serve(Socket client) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    OutputStream out = client.getOutputStream();
    while (true) {
      int type = in.readUnsignedByte() >> 4;
      byte[] rest = in.readNBytes(length(in));
      if (type == 1) {
        out.write(new byte[] {0x20, 3, 0, 0, 0}); // CONNACK: no session, success, no properties
      } else if (type == SUBSCRIBE) {
        // SUBACK: packet identifier, no properties, not authorized, twice
        out.write(new byte[] {(byte) 0x90, 5, rest[0], rest[1], 0, (byte) 0x87, (byte) 0x87});
      }
      out.flush();
    }
  }

  /** Packets of less than 16 KiB. */
  private static int length(DataInputStream in) throws IOException {
    int first = in.readUnsignedByte();
    return first < 128 ? first : (first & 127) + 128 * in.readUnsignedByte();
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
