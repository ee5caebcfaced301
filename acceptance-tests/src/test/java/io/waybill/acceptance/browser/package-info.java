/** What people do in a browser, done in a real one on a real installation. */
@NullMarked
package io.waybill.acceptance.browser;

import org.jspecify.annotations.NullMarked;
