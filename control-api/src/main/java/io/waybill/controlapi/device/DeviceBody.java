package io.waybill.controlapi.device;

import io.waybill.core.device.usecase.DeviceFields;
import io.waybill.wire.JsonDocument;
import io.waybill.wire.JsonObjectReader;
import io.waybill.wire.Parsed;
import io.waybill.wire.WireLimits;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bodies that are about devices. */
final class DeviceBody {
  private DeviceBody() {}

  /** Of {@code POST …/devices}. */
  record New(String name, String deviceCode, DeviceFields fields, @Nullable Long expiresInSeconds) {
    static Parsed<New> read(byte[] body) {
      return JsonDocument.read(
          body,
          f -> {
            String name = f.requiredText("name", WireLimits.TEXT_CHARS);
            String code = f.requiredText("device_code", WireLimits.TEXT_CHARS);
            return new New(name, code, said(f, name, code), f.number("expires_in_seconds"));
          });
    }
  }

  /** Of {@code PATCH …/devices/{device_id}}: what is absent stays as it is. */
  record Patch(DeviceFields fields, @Nullable Long version) {
    static Parsed<Patch> read(byte[] body) {
      return JsonDocument.readOptional(
          body,
          f ->
              new Patch(
                  said(
                      f,
                      f.text("name", WireLimits.TEXT_CHARS),
                      f.text("device_code", WireLimits.TEXT_CHARS)),
                  f.number("version")));
    }
  }

  private static DeviceFields said(
      JsonObjectReader f, @Nullable String name, @Nullable String code) {
    Map<String, Object> metadata = f.has("metadata") ? f.free("metadata") : null;
    return new DeviceFields(name, code, f.text("device_type", WireLimits.TEXT_CHARS), metadata);
  }

  /** Of {@code POST …/credentials/rotate}. */
  record Rotation(@Nullable Long overlapSeconds, @Nullable Long expiresInSeconds) {
    static Parsed<Rotation> read(byte[] body) {
      return JsonDocument.readOptional(
          body, f -> new Rotation(f.number("overlap_seconds"), f.number("expires_in_seconds")));
    }
  }

  /** Of {@code POST …/upload}. */
  record Upload(List<String> paths, @Nullable String taskName, @Nullable Long priority) {
    Upload {
      paths = List.copyOf(paths);
    }

    static Parsed<Upload> read(byte[] body) {
      return JsonDocument.read(
          body,
          f ->
              new Upload(
                  f.requiredTexts("paths", WireLimits.TEXT_CHARS),
                  f.text("task_name", WireLimits.TEXT_CHARS),
                  f.number("priority")));
    }
  }
}
