package dev.steadymail.server.mail;

import dev.steadymail.server.mail.EmailContent.Attachment;
import dev.steadymail.server.mail.StoredMail.StoredEmail;
import dev.steadymail.server.tenants.Access;
import dev.steadymail.server.tenants.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What emails consist of, over HTTP: their exact octets, their HTML made safe, their attachments. */
@RestController
@RequestMapping("/api/v1/emails/{id}")
class ContentController {
    private static final String RFC822 = "message/rfc822";
    private static final String BLOCKED = "blocked";
    private static final String VIEW_MAY_LOAD =
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none';"
                    + " frame-ancestors 'none'; base-uri 'none'";

    private final StoredMail mail;
    private final EmailParts parts;
    private final EmailHtml html;
    private final Downloads downloads;

    ContentController(StoredMail mail, EmailParts parts, EmailHtml html, Downloads downloads) {
        this.mail = mail;
        this.parts = parts;
        this.html = html;
        this.downloads = downloads;
    }

    @GetMapping("/raw")
    @Access(Scope.MAIL_READ)
    @Operation(summary = "Return the exact octets of an email, as its provider has them")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = RFC822))
    void raw(@PathVariable UUID id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        StoredEmail email = mail.email(id);
        Download file = new Download(
                RFC822,
                id + ".eml",
                "\"" + ETags.hash(id.toString(), "raw") + "\"",
                email.summary().size());
        downloads.answer(request, response, file, () -> parts.raw(email));
    }

    /** For a frame: {@code <iframe sandbox srcdoc="…">}, as a frame's own request would not carry the token. */
    @GetMapping("/html")
    @Access(Scope.MAIL_READ)
    @Operation(summary = "Return an email's HTML, safe to be shown, with nothing loaded from elsewhere")
    HtmlView html(@PathVariable UUID id, @RequestParam(defaultValue = BLOCKED) String images) {
        requireBlocked(images);
        return html.read(mail.email(id));
    }

    @GetMapping("/view")
    @Access(Scope.MAIL_READ)
    @Operation(summary = "Show an email as a page of its own that can do nothing and loads nothing")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = MediaType.TEXT_HTML_VALUE))
    ResponseEntity<byte[]> view(@PathVariable UUID id, @RequestParam(defaultValue = BLOCKED) String images) {
        requireBlocked(images);
        byte[] document = html.read(mail.email(id)).document().getBytes(StandardCharsets.UTF_8);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .header("Content-Security-Policy", VIEW_MAY_LOAD)
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .body(document);
    }

    @GetMapping("/attachments/{partId}")
    @Access(Scope.MAIL_READ)
    @Operation(summary = "Return an attachment, decoded, whole or one range of it")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE))
    void attachment(
            @PathVariable UUID id,
            @PathVariable String partId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        StoredEmail email = mail.email(id);
        Attachment attachment = email.content().attachments().stream()
                .filter(each -> each.partId().equals(partId))
                .findFirst()
                .orElseThrow(() -> new UnknownMailException("attachment"));
        downloads.answer(
                request,
                response,
                Download.of(id.toString(), attachment),
                () -> parts.open(email, partId, attachment.size()));
    }

    private static void requireBlocked(String images) {
        if (!images.equals(BLOCKED)) {
            throw new UnknownChoiceException(
                    "images must be blocked, or be left out: this server loads no images from elsewhere");
        }
    }
}
