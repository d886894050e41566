// Run in a page of ours: as many visitors as texts, who send the frames that our own page would never send. Returns their chats.
({ room, texts }) => {
  window.raw = [];
  const asking = async (text) => {
    const made = await fetch(`/c/${room}/visitor`, { method: "POST", headers: { "content-type": "application/json" }, body: "{}" });
    const { token } = await made.json();
    const socket = new WebSocket(`${location.origin.replace("http", "ws")}/c/${room}/socket`);
    window.raw.push(socket);
    const say = (frame) => socket.send(JSON.stringify(frame));
    return new Promise((opened, refused) => {
      let hasAsked = false;
      socket.onopen = () => say({ t: "hello", token });
      socket.onmessage = ({ data }) => {
        const event = JSON.parse(data);
        if (!hasAsked) say({ t: "open", cid: crypto.randomUUID(), name: text, question: text, page: text, page_title: text, referrer: text });
        hasAsked = true;
        if (event.t === "opened") opened(event.chat);
        if (event.t === "refused") refused(new Error(`${text}: ${data}`));
      };
    });
  };
  return Promise.all(texts.map(asking));
}
