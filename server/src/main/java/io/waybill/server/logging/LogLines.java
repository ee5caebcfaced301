package io.waybill.server.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.json.JsonMapper;

/**
 * One line per event: a JSON object for machines, or the same for people. Key-value pairs of an
 * event and its MDC stand beside its message as fields of their own.
 */
public final class LogLines extends EncoderBase<ILoggingEvent> {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());
  private static final byte[] NOTHING = {};

  private final JsonMapper json = JsonMapper.shared();
  private boolean isJson;

  /** {@code json} or {@code plain}; Logback calls it. */
  public void setFormat(String format) {
    isJson = format.equals("json");
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    return ((isJson ? object(event) : line(event)) + "\n").getBytes(UTF_8);
  }

  private String object(ILoggingEvent event) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("timestamp", event.getInstant().toString());
    fields.put("level", event.getLevel().toString());
    fields.put("logger", event.getLoggerName());
    fields.put("message", Redaction.of(String.valueOf(event.getFormattedMessage())));
    pairs(event).forEach(fields::putIfAbsent);
    if (event.getThrowableProxy() != null) {
      fields.put("exception", Redaction.of(ThrowableProxyUtil.asString(event.getThrowableProxy())));
    }
    return json.writeValueAsString(fields);
  }

  private String line(ILoggingEvent event) {
    StringBuilder line = new StringBuilder();
    line.append(CLOCK.format(event.getInstant()))
        .append(' ')
        .append("%-5s".formatted(event.getLevel()))
        .append(' ')
        .append(event.getLoggerName().substring(event.getLoggerName().lastIndexOf('.') + 1))
        .append(": ")
        .append(Redaction.of(String.valueOf(event.getFormattedMessage())));
    pairs(event).forEach((key, value) -> line.append(' ').append(key).append('=').append(value));
    if (event.getThrowableProxy() != null) {
      line.append('\n')
          .append(Redaction.of(ThrowableProxyUtil.asString(event.getThrowableProxy())).strip());
    }
    return line.toString();
  }

  private static Map<String, Object> pairs(ILoggingEvent event) {
    Map<String, Object> pairs = new LinkedHashMap<>();
    event.getMDCPropertyMap().forEach((key, value) -> pairs.put(key, Redaction.of(value)));
    List<KeyValuePair> own = event.getKeyValuePairs();
    if (own != null) {
      for (KeyValuePair pair : own) {
        pairs.put(pair.key, harmless(pair.value));
      }
    }
    return pairs;
  }

  private static Object harmless(Object value) {
    return value instanceof Number || value instanceof Boolean
        ? value
        : Redaction.of(String.valueOf(value));
  }
}
