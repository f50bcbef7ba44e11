"""Programs that know the service by its real addresses and nothing of an emulator, each in the words of its language.

Every one takes addresses of hosts and one that is not the service's. For each host it asks for a token by Basic, makes
a call with it, and downloads the first link of the answer; it prints how many hits there were, the length of the file
and its first signs. Then it tries the other address and prints what it was told.
"""

_PYTHON = """
import base64, json, sys
{prepare}

*hosts, elsewhere = sys.argv[1:]
for host in hosts:
    token = post(host + "/oauth/token", b"grant_type=client_credentials", {{
        "Authorization": "Basic " + base64.b64encode(b"hard-coded:a secret").decode(),
        "Content-Type": "application/x-www-form-urlencoded"}})["data"]["token"]
    asked = json.dumps({{"url": "https://pictures.example/a.png", "patent_type": "D", "model": 1, "limit": 2}}).encode()
    hits = post(host + "/search/patent/image-single?apikey=hard-coded", asked, {{
        "Authorization": "Bearer " + token, "Content-Type": "application/json"}})["data"]["patent_messages"]
    assert hits[0]["url"].startswith(host + "/files/"), hits[0]["url"]
    file = get(hits[0]["url"])
    print(len(hits), len(file), file[:4].hex())
try:
    get(elsewhere)
except Exception as error:
    print("refused:", error)
"""

_REQUESTS = """
import {library} as http
def post(url, body, headers): return http.post(url, data=body, headers=headers).json()
def get(url): answer = http.get(url); answer.raise_for_status(); return answer.content
"""
_HTTPX = """
import {library} as http
def post(url, body, headers): return http.post(url, content=body, headers=headers).json()
def get(url): answer = http.get(url); answer.raise_for_status(); return answer.content
"""
_URLLIB = """
from urllib.request import Request, urlopen
def post(url, body, headers): return json.load(urlopen(Request(url, body, headers)))
def get(url):
    with urlopen(url) as answer: return answer.read()
"""

_NODE = """
{prepare}
(async () => {{
  const elsewhere = process.argv.pop();
  for (const host of process.argv.slice(1)) {{
    const token = JSON.parse(await send(host + '/oauth/token', 'POST', {{
      Authorization: 'Basic ' + Buffer.from('hard-coded:a secret').toString('base64'),
      'Content-Type': 'application/x-www-form-urlencoded' }}, 'grant_type=client_credentials')).data.token;
    const asked = {{ url: 'https://pictures.example/a.png', patent_type: 'D', model: 1, limit: 2 }};
    const found = await send(host + '/search/patent/image-single?apikey=hard-coded', 'POST', {{
      Authorization: 'Bearer ' + token, 'Content-Type': 'application/json' }}, JSON.stringify(asked));
    const hits = JSON.parse(found).data.patent_messages;
    if (!hits[0].url.startsWith(host + '/files/')) throw new Error(hits[0].url);
    const file = await send(hits[0].url, 'GET', {{}});
    console.log(hits.length, file.length, file.subarray(0, 4).toString('hex'));
  }}
  await send(elsewhere, 'GET', {{}}).catch((error) => console.log('refused:', String(error.cause || error)));
}})();
"""
_FETCH = """
async function send(url, method, headers, body) {
  const answer = await fetch(url, { method, headers, body });
  if (!answer.ok) throw new Error(String(answer.status));
  return Buffer.from(await answer.arrayBuffer());
}
"""
_NODE_HTTPS = """
const http = { 'https:': require('https'), 'http:': require('http') };
function send(url, method, headers, body) {
  return new Promise((done, fail) => {
    http[new URL(url).protocol].request(url, { method, headers }, (answer) => {
      const pieces = [];
      answer.on('data', (piece) => pieces.push(piece)).on('end', () => {
        if (answer.statusCode >= 400) fail(new Error(Buffer.concat(pieces).toString()));
        else done(Buffer.concat(pieces));
      });
    }).on('error', fail).end(body);
  });
}
"""

_JAVA = r"""
import java.net.*;
import java.net.http.*;
import java.util.*;
import java.util.regex.*;

public class Client {
    PREPARE

    static List<String> all(String name, byte[] json) {
        var member = Pattern.compile("\"" + name + "\":\"([^\"]*)\"");
        return member.matcher(new String(json)).results().map(m -> m.group(1)).toList();
    }

    public static void main(String[] arguments) throws Exception {
        for (String host : Arrays.copyOf(arguments, arguments.length - 1)) {
            var basic = "Basic " + Base64.getEncoder().encodeToString("hard-coded:a secret".getBytes());
            var form = "application/x-www-form-urlencoded";
            var token = all("token", send(host + "/oauth/token", basic, form, "grant_type=client_credentials")).get(0);
            var asked = "{\"url\":\"https://pictures.example/a.png\",\"patent_type\":\"D\",\"model\":1,\"limit\":2}";
            var search = host + "/search/patent/image-single?apikey=hard-coded";
            var found = send(search, "Bearer " + token, "application/json", asked);
            var links = all("url", found);
            if (!links.get(0).startsWith(host + "/files/")) throw new Exception(links.get(0));
            var file = send(links.get(0), null, null, null);
            System.out.println(links.size() + " " + file.length + " " + HexFormat.of().formatHex(file, 0, 4));
        }
        try {
            send(arguments[arguments.length - 1], null, null, null);
        } catch (Exception error) {
            System.out.println("refused: " + error.getMessage());
        }
    }
}
"""

_HTTP_CLIENT = """static final HttpClient HTTP = HttpClient.newHttpClient();

    static byte[] send(String url, String credentials, String type, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url));
        if (credentials != null) request.header("Authorization", credentials);
        if (body != null) request.header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body));
        var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() >= 400) throw new Exception(new String(answer.body()));
        return answer.body();
    }"""
_URL_CONNECTION = """static byte[] send(String url, String credentials, String type, String body) throws Exception {
        var connection = (HttpURLConnection) new URL(url).openConnection();
        if (credentials != null) connection.setRequestProperty("Authorization", credentials);
        if (body != null) {
            connection.setRequestProperty("Content-Type", type);
            connection.setDoOutput(true);
            connection.getOutputStream().write(body.getBytes());
        }
        return connection.getInputStream().readAllBytes();
    }"""

CURL = r"""
set -euo pipefail
elsewhere="${!#}"
for host in "${@:1:$#-1}"; do
  told=$(curl -sS -u 'hard-coded:a secret' -d grant_type=client_credentials "$host/oauth/token")
  token=$(grep -o '"token":"[^"]*"' <<< "$told" | head -1)
  token=${token#*:\"}
  found=$(curl -sS -H "Authorization: Bearer ${token%\"}" --json \
    '{"url":"https://pictures.example/a.png","patent_type":"D","model":1,"limit":2}' \
    "$host/search/patent/image-single?apikey=hard-coded")
  links=$(grep -o "\"$host/files/[^\"]*\"" <<< "$found" | tr -d '"')
  curl -sSf -o file "$(head -1 <<< "$links")"
  echo "$(wc -l <<< "$links") $(wc -c < file) $(head -c 4 file | od -An -tx1 | tr -d ' ')"
done
curl -sSf "$elsewhere" > /dev/null 2> complaint || echo "refused: $(cat complaint)"
"""

PYTHON = {
    "requests": _PYTHON.format(prepare=_REQUESTS.format(library="requests")),
    "httpx": _PYTHON.format(prepare=_HTTPX.format(library="httpx")),
    "httpx2": _PYTHON.format(prepare=_HTTPX.format(library="httpx2")),
    "urllib": _PYTHON.format(prepare=_URLLIB),
}
JAVA = {
    "HttpClient": _JAVA.replace("PREPARE", _HTTP_CLIENT),
    "HttpURLConnection": _JAVA.replace("PREPARE", _URL_CONNECTION),
}
NODE = {"fetch": _NODE.format(prepare=_FETCH), "https.request": _NODE.format(prepare=_NODE_HTTPS)}
