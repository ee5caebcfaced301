package io.waybill.allinone;

import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.HttpSetting;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/**
 * A page of the console.
 *
 * @param address where a browser finds it
 */
record ConsolePage(URI address) {

  /** That of an upload task of the development project. */
  static ConsolePage ofUpload(Configuration configuration, String taskId) {
    return new ConsolePage(
        URI.create(
            "http://%s:%s/uploads/%s?project=%s"
                .formatted(
                    configuration.text(HttpSetting.HOST),
                    configuration.text(HttpSetting.PORT),
                    taskId,
                    DevelopmentIdentities.PROJECT)));
  }

  /** Says where it is, and shows it where there is a desktop. */
  void open() {
    System.out.println("watch it: " + address);
    Map<String, String> environment = System.getenv();
    if (environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY")) {
      try {
        new ProcessBuilder("xdg-open", address.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
      } catch (IOException e) {
        // A desktop without xdg-open: the address is said already.
      }
    }
  }
}
