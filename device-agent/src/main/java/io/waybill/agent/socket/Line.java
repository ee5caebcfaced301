package io.waybill.agent.socket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** One line of JSON over the socket. */
final class Line {

  /** 1000 uploads with their reasons stay below this. */
  private static final int LONGEST = 4 << 20;

  /** Longer than this no path of a socket can be. */
  private static final int LONGEST_PATH = 100;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Line() {}

  static Path socketOf(Path state) {
    return state.resolve("agent.sock");
  }

  static boolean fits(Path socket) {
    return socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH;
  }

  static void write(SocketChannel channel, Object value) throws IOException {
    byte[] json = MAPPER.writeValueAsBytes(value);
    ByteBuffer bytes = ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  static <T> T read(SocketChannel channel, Class<T> type) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    ByteBuffer piece = ByteBuffer.allocate(4096);
    while (channel.read(piece.clear()) >= 0) {
      line.write(piece.array(), 0, piece.position());
      if (line.size() > LONGEST) {
        throw new IOException("more than a line");
      }
      if (piece.position() > 0 && piece.get(piece.position() - 1) == '\n') {
        break;
      }
    }
    try {
      return MAPPER.readValue(line.toByteArray(), type);
    } catch (JacksonException e) {
      throw new IOException("no line of ours", e);
    }
  }
}
